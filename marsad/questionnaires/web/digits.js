// Digits of every kind, in every field that holds a number, a date, a time or a place.
import { say } from './settings.js';
import { asciiDigits, number } from './typed.js';

const FIELDS = 'input[dir="ltr"], input[inputmode="numeric"], input[inputmode="decimal"]';

export function mark(control, message) {
    const question = control.closest('.question');
    let place = question.querySelector(':scope > .invalid-value-msg');

    if (!place) {
        place = document.createElement('span');
        place.className = 'invalid-value-msg';
        question.append(place);
    }
    place.textContent = message || '';
    question.classList.toggle('invalid-value', Boolean(message));
}

function whileTyping(event) {
    const control = event.target;

    if (!control.matches?.(FIELDS)) {
        return;
    }
    const ascii = asciiDigits(control.value);

    if (ascii !== control.value) {
        const at = control.selectionStart;

        // As many characters as before, so the cursor stays where it is.
        control.value = ascii;
        control.setSelectionRange?.(at, at);
    }
}

function whenTyped(event) {
    const control = event.target;
    const kind = control.dataset?.typeXml?.toLowerCase();

    if (control.type !== 'text' || !['int', 'integer', 'decimal'].includes(kind)) {
        return;
    }
    const decimals = kind === 'decimal';
    const { value, ok } = number(control.value, { decimals });

    if (ok && control.value !== value) {
        control.value = value;
    }
    mark(control, ok ? '' : say(decimals ? 'decimal.invalid' : 'number.invalid'));
}

function whenChosen(event) {
    const control = event.target;

    if (control.matches?.('.autocomplete')) {
        mark(control, control.classList.contains('notfound') ? say('autocomplete.none') : '');
    }
}

export function watchDigits(form) {
    form.addEventListener('input', whileTyping, true);
    form.addEventListener('change', whenTyped, true);
    form.addEventListener('change', whenChosen);
}
