// A number on a scale: the browser's own slider, which knows of "not answered".
import Widget from 'enketo-core/src/js/widget';
import events from 'enketo-core/src/js/event';
import { say } from '../settings.js';
import { button, field, make } from './make.js';

export class RangeField extends Widget {
    static get name() {
        return 'RangeField';
    }

    static get selector() {
        return '.question input[type="number"][min]';
    }

    _init() {
        const { element } = this;
        const { min, max, step } = element;
        const direction = element.closest('form').dir;

        element.classList.add('hide');
        this.slider = field({ type: 'range', className: 'range__slider', min, max, step, dir: direction });
        this.shown = make('output', { className: 'range__value' });
        this.clear = button('button button--quiet range__clear', say('clear'));
        this.widget = make(
            'div',
            { className: 'widget range' },
            make('span', { className: 'range__end', text: min }),
            this.slider,
            make('span', { className: 'range__end', text: max }),
            this.shown,
            this.clear
        );
        element.before(this.widget);
        this.slider.addEventListener('input', (event) => {
            event.stopPropagation();
            this._put(this.slider.value);
        });
        this.slider.addEventListener('change', (event) => event.stopPropagation());
        // The place where the slider waits can be the answer.
        this.slider.addEventListener('click', () => {
            if (this.element.value === '') {
                this._put(this.slider.value);
            }
        });
        this.clear.addEventListener('click', () => this._put(''));
        element.addEventListener(events.ApplyFocus().type, () => this.slider.focus());
        this.update();
        if (this.props.readonly) {
            this.disable();
        }
    }

    _put(value) {
        if (this.originalInputValue !== value) {
            this.originalInputValue = value;
        }
        this.update();
    }

    update() {
        const { value } = this.element;

        this.widget.classList.toggle('range--empty', value === '');
        this.slider.value = value === '' ? (Number(this.slider.min) + Number(this.slider.max)) / 2 : value;
        this.slider.setAttribute('aria-valuetext', value === '' ? say('range.none') : value);
        this.shown.textContent = value === '' ? say('range.none') : value;
        this.clear.hidden = value === '';
    }

    disable() {
        this.slider.disabled = true;
        this.clear.disabled = true;
    }

    enable() {
        if (!this.props.readonly) {
            this.slider.disabled = false;
            this.clear.disabled = false;
        }
    }
}
