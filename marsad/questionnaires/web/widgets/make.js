// Elements, in one line each.
export function make(tag, { className, text, ...attributes } = {}, ...children) {
    const made = document.createElement(tag);

    if (className) {
        made.className = className;
    }
    if (text !== undefined) {
        made.textContent = text;
    }
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== undefined && value !== false) {
            made.setAttribute(name, value === true ? '' : value);
        }
    }
    made.append(...children);

    return made;
}

// A field of a widget: Enketo leaves it alone and watches the control behind it.
export function field(attributes) {
    return make('input', { autocomplete: 'off', ...attributes, className: `ignore ${attributes.className ?? ''}`.trim() });
}

export function button(className, label, glyph) {
    const made = make('button', { className, type: 'button' });

    if (glyph) {
        made.append(make('span', { text: glyph, 'aria-hidden': 'true' }));
        made.setAttribute('aria-label', label);
        made.title = label;
    } else {
        made.textContent = label;
    }

    return made;
}
