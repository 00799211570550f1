// Enketo asks for its words here. It names values `__value__`, we name them `{value}`.
import { say } from './settings.js';

export function t(key, options = {}) {
    return say(key, options);
}
