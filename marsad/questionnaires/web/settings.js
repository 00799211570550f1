// What the server says about this form, this reader and this draft; see views/fill.py.
export const settings = JSON.parse(document.getElementById('fill-settings').textContent);

// Words that the form itself says, in the language of the form.
export function say(key, values = {}) {
    const words = settings.words[key] ?? settings.says[key] ?? key;

    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// Words that the page around it says, in the language of the interface.
export function tell(key, values = {}) {
    return (settings.says[key] ?? key).replace(
        /\{(\w+)\}/g,
        (whole, name) => values[name] ?? whole
    );
}

const inDigits = (kind, number) =>
    kind === 'arab' ? String(number).replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit]) : String(number);

// A number as the reader of the page wants to see it.
export const shown = (number) => inDigits(settings.digits, number);

// A number as the form writes it, in its own language.
export const written = (number) => inDigits(settings.formDigits, number);
