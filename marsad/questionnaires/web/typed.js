// What people type, made what a form can hold: digits of every kind, dates, times, numbers.

// ٠-٩, ۰-۹
export function asciiDigits(text) {
    return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.codePointAt(0) & 0xf));
}

// Marks that turn the direction, which come along with what is pasted.
const MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// {value, ok}: «١٬٢٣٤» → 1234, «٢٫٥» → 2.5, "2,5" → 2.5; "1,234" in a field for decimals could be
// either, so it is asked again.
export function number(text, { decimals }) {
    const value = asciiDigits(text)
        .replace(MARKS, '')
        .replace(/[\s\u00a0\u202f\u066c'’_]/g, '')
        .replace(/\u066b/g, '.')
        .replace(/\u2212/g, '-');
    const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(value);
    const sure = grouped && (!decimals || /,.*[,.]/.test(value));
    const plain = sure
        ? value.replace(/,/g, '')
        : decimals && !grouped && /^[+-]?\d+,\d+$/.test(value)
          ? value.replace(',', '.')
          : value;
    const ok =
        plain === '' ||
        (decimals ? /^[+-]?(\d+\.?\d*|\.\d+)$/ : /^[+-]?\d{1,15}$/).test(plain);

    return { value: plain.replace(/^\+/, ''), ok };
}

function real(year, month, day) {
    const date = new Date(Date.UTC(year, month - 1, day));

    return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const two = (part) => String(part).padStart(2, '0');

// An ISO date, or null: "2025-5-3", "3/5/2025" (day first), «٢٠٢٥/٥/٣».
export function date(text, { unit = 'day' } = {}) {
    const typed = asciiDigits(text).replace(MARKS, '').trim().replace(/\s*[/.\u060c\s-]\s*/g, '-');
    let found;

    if (unit === 'year') {
        found = /^(\d{4})(?:-\d\d?-\d\d?)?$/.exec(typed);

        return found ? `${found[1]}-01-01` : null;
    }
    if (unit === 'month') {
        found = /^(\d{4})-(\d\d?)(?:-\d\d?)?$/.exec(typed);
        const turned = /^(\d\d?)-(\d{4})$/.exec(typed);
        const [year, month] = found ? [found[1], found[2]] : turned ? [turned[2], turned[1]] : [];

        return year && real(+year, +month, 1) ? `${year}-${two(month)}-01` : null;
    }
    found = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(typed);
    const turned = /^(\d\d?)-(\d\d?)-(\d{4})$/.exec(typed);
    const [year, month, day] = found
        ? found.slice(1)
        : turned
          ? [turned[3], turned[2], turned[1]]
          : [];

    return year && real(+year, +month, +day) ? `${year}-${two(month)}-${two(day)}` : null;
}

// "HH:MM", or null: "9:5", "0930", «٢:٣٠ م», "2:30 pm".
export function time(text) {
    const typed = asciiDigits(text).replace(MARKS, '').trim().toLowerCase();
    const found = /^(\d\d?)[:.]?(\d\d?)?(?::\d\d(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|ص|م)?$/.exec(
        typed.replace(/^(\d\d)(\d\d)$/, '$1:$2')
    );

    if (!found || (found[2] === undefined && !found[3])) {
        return null;
    }
    let hours = Number(found[1]);
    const minutes = Number(found[2] ?? 0);
    const half = found[3];

    if (half) {
        if (hours < 1 || hours > 12) {
            return null;
        }
        hours = (hours % 12) + (/^(p|م)/.test(half) ? 12 : 0);
    }

    return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}
