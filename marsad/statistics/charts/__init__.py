"""Pictures drawn: a `types.picture.Picture` in, Vega-Lite, SVG and PNG out."""
