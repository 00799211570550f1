// The widgets of a form. Those of enketo-core that draw maps, drawings and comments stay out; for
// files, dates, times, ranges and orders we have our own, which work by keyboard and in any
// direction.
import Autocomplete from 'enketo-core/src/widget/select-autocomplete/autocomplete.js';
import Radiopicker from 'enketo-core/src/widget/radio/radiopicker.js';
import TextMax from 'enketo-core/src/widget/text-max/text-max.js';
import Url from 'enketo-core/src/widget/url/url-widget.js';
import { DateField, DateTimeField, TimeField } from './moments.js';
import { FileField } from './file.js';
import { RangeField } from './range.js';
import { RankField } from './rank.js';

export default [
    Autocomplete,
    Radiopicker,
    TextMax,
    Url,
    DateField,
    TimeField,
    DateTimeField,
    RangeField,
    RankField,
    FileField,
];
