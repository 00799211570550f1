// Dates and times: a field that takes what people write, and the calendar of the browser.
import Widget from 'enketo-core/src/js/widget';
import events from 'enketo-core/src/js/event';
import { say, settings, written } from '../settings.js';
import { mark } from '../digits.js';
import { date, time } from '../typed.js';
import { button, field, make } from './make.js';

class Moment extends Widget {
    _init() {
        this.element.classList.add('hide');
        this.widget = make('div', { className: 'widget moment' });
        this.fields = this._fields();
        this.element.before(this.widget);
        this.fields.forEach((one) => {
            one.addEventListener('change', (event) => {
                event.stopPropagation();
                this._read();
            });
        });
        this.element.addEventListener(events.ApplyFocus().type, () => this.fields[0].focus());
        this.update();
        if (this.props.readonly) {
            this.disable();
        }
    }

    // What was typed goes into the control behind, or is asked for again.
    _read() {
        const typed = this.fields.map((one) => one.value.trim());
        const value = this._value(typed);
        const wrong = value === null && typed.some(Boolean);

        mark(this.element, wrong ? this._complaint() : '');
        if (!wrong) {
            if (this.originalInputValue !== (value ?? '')) {
                this.originalInputValue = value ?? '';
            }
            this.update();
        }
    }

    update() {
        this._show(this.element.value);
    }

    disable() {
        this.widget.querySelectorAll('input, button').forEach((one) => (one.disabled = true));
    }

    enable() {
        if (!this.props.readonly) {
            this.widget.querySelectorAll('input, button').forEach((one) => (one.disabled = false));
        }
    }

    _dateField(unit) {
        const placeholder = { day: 'date', month: 'month', year: 'year' }[unit];
        const typed = field({
            type: 'text',
            className: 'moment__date',
            dir: 'ltr',
            inputmode: 'numeric',
            placeholder: say(`${placeholder}.placeholder`),
        });

        this.widget.append(typed);
        if (unit === 'day') {
            this._calendar(typed);
        }

        return typed;
    }

    // The calendar of the browser: it speaks the reader's language and is worked by keyboard.
    _calendar(typed) {
        const native = field({
            type: 'date',
            className: 'moment__native',
            tabindex: '-1',
            'aria-hidden': 'true',
        });
        const open = button('moment__pick', say('date.pick'), '▾');

        open.addEventListener('click', () => {
            native.value = date(typed.value) ?? '';
            native.showPicker?.();
        });
        native.addEventListener('change', (event) => {
            event.stopPropagation();
            typed.value = native.value;
            typed.dispatchEvent(new Event('change', { bubbles: true }));
            typed.focus();
        });
        this.widget.append(open, native);
    }

    _echo(iso) {
        if (!this.echo) {
            this.echo = make('span', { className: 'moment__echo', 'aria-hidden': 'true' });
            this.widget.append(this.echo);
        }
        this.echo.textContent = iso ? inWords(iso) : '';
    }
}

// "3 أيار/مايو 2025": the date in words, so that day and month are not mistaken for each other.
function inWords(iso) {
    const [year, month, day] = iso.split('-').map(Number);

    if (settings.months) {
        return `${written(day)} ${settings.months[month - 1]} ${written(year)}`;
    }

    return new Intl.DateTimeFormat(settings.language, {
        dateStyle: 'long',
        timeZone: 'UTC',
        calendar: 'gregory',
    }).format(new Date(Date.UTC(year, month - 1, day)));
}

export class DateField extends Moment {
    static get name() {
        return 'DateField';
    }

    static get selector() {
        return '.question input[type="date"]:not(.ignore)';
    }

    _fields() {
        const { appearances } = this.props;

        this.unit = appearances.includes('year')
            ? 'year'
            : appearances.includes('month-year')
              ? 'month'
              : 'day';

        return [this._dateField(this.unit)];
    }

    _value([typed]) {
        return typed ? date(typed, { unit: this.unit }) : null;
    }

    _show(value) {
        this.fields[0].value = value.slice(0, { day: 10, month: 7, year: 4 }[this.unit]);
        if (this.unit === 'day') {
            this._echo(value);
        }
    }

    _complaint() {
        return say('date.invalid');
    }
}

export class TimeField extends Moment {
    static get name() {
        return 'TimeField';
    }

    static get selector() {
        return '.question input[type="time"]:not(.ignore)';
    }

    _fields() {
        const typed = timeField();

        this.widget.append(typed);

        return [typed];
    }

    _value([typed]) {
        return typed ? time(typed) : null;
    }

    _show(value) {
        this.fields[0].value = value.slice(0, 5);
    }

    _complaint() {
        return say('time.invalid');
    }
}

function timeField() {
    return field({
        type: 'text',
        className: 'moment__time',
        dir: 'ltr',
        placeholder: say('time.placeholder'),
    });
}

export class DateTimeField extends Moment {
    static get name() {
        return 'DateTimeField';
    }

    static get selector() {
        return '.question input[type="datetime-local"]:not(.ignore)';
    }

    _fields() {
        const day = this._dateField('day');
        const hour = timeField();

        day.setAttribute('aria-label', say('datetime.date'));
        hour.setAttribute('aria-label', say('datetime.time'));
        this.widget.append(hour);

        return [day, hour];
    }

    _value([day, hour]) {
        const [on, at] = [day && date(day), hour && time(hour)];

        return on && at ? `${on}T${at}` : null;
    }

    // One half is written before the other: that is no mistake yet.
    _read() {
        const [day, hour] = this.fields.map((one) => one.value.trim());

        if (day && date(day)) {
            this.fields[0].value = date(day);
        }
        if (hour && time(hour)) {
            this.fields[1].value = time(hour);
        }
        const half = (day && date(day) && !hour) || (hour && time(hour) && !day);

        if (half) {
            mark(this.element, '');
            if (this.originalInputValue) {
                this.originalInputValue = '';
            }
        } else {
            super._read();
        }
    }

    _show(value) {
        if (!value && this.fields.some((one) => one.value) && this.question.contains(document.activeElement)) {
            return;
        }
        const [on, at] = value.split('T');

        this.fields[0].value = on ?? '';
        this.fields[1].value = (at ?? '').slice(0, 5);
        this._echo(on ?? '');
    }

    _complaint() {
        const [day] = this.fields.map((one) => one.value.trim());

        return say(day && date(day) ? 'time.invalid' : 'date.invalid');
    }
}
