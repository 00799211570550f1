// Choices in an order: buttons that move a choice up and down, by keyboard as by finger.
import Widget from 'enketo-core/src/js/widget';
import events from 'enketo-core/src/js/event';
import { say } from '../settings.js';
import { button, make } from './make.js';

export class RankField extends Widget {
    static get name() {
        return 'RankField';
    }

    static get selector() {
        return '.question input.rank';
    }

    static get list() {
        return true;
    }

    _init() {
        this.element.classList.add('hide');
        this.source = this.question.querySelector('.option-wrapper');
        this.source.hidden = true;
        this.widget = make('div', { className: 'widget rank' });
        this.source.after(this.widget);
        this.element.addEventListener(events.ApplyFocus().type, () =>
            this.widget.querySelector('button')?.focus()
        );
        this.update();
    }

    _choices() {
        return [...this.source.querySelectorAll('label:not(.itemset-template)')].map((label) => ({
            value: label.querySelector('input').value,
            label: label.querySelector('.option-label')?.textContent.trim() ?? '',
        }));
    }

    update() {
        const choices = this._choices();
        const order = this.element.value.split(' ').filter(Boolean);
        const known = order.length === choices.length && choices.every(({ value }) => order.includes(value));

        if (known) {
            choices.sort((one, other) => order.indexOf(one.value) - order.indexOf(other.value));
        } else if (order.length) {
            // The choices depend on another answer, which has changed.
            this.originalInputValue = '';
        }
        this.widget.replaceChildren(...(known ? [this._list(choices), this._clear()] : [this._start(choices)]));
        this.widget.querySelectorAll('button').forEach((one) => (one.disabled ||= this.props.readonly));
    }

    _start(choices) {
        const start = button('button button--secondary', say('rank.start'));

        start.addEventListener('click', () => {
            this._put(choices);
            this.widget.querySelector('button')?.focus();
        });

        return make(
            'div',
            {},
            make('ul', { className: 'rank__waiting' }, ...choices.map(({ label }) => make('li', { text: label }))),
            start
        );
    }

    _clear() {
        const clear = button('button button--quiet', say('clear'));

        clear.addEventListener('click', () => this._put([]));

        return clear;
    }

    _list(choices) {
        return make('ol', { className: 'rank__list' }, ...choices.map((choice, at) => this._item(choices, choice, at)));
    }

    _item(choices, choice, at) {
        const up = button('rank__move', say('rank.up', choice), '↑');
        const down = button('rank__move', say('rank.down', choice), '↓');

        up.disabled = at === 0;
        down.disabled = at === choices.length - 1;
        up.addEventListener('click', () => this._move(choices, at, -1));
        down.addEventListener('click', () => this._move(choices, at, 1));

        return make('li', { className: 'rank__item' }, make('span', { className: 'rank__label', text: choice.label }), up, down);
    }

    _move(choices, at, by) {
        const moved = [...choices];

        moved.splice(at + by, 0, ...moved.splice(at, 1));
        this._put(moved);
        const buttons = this.widget.querySelectorAll('.rank__item')[at + by].querySelectorAll('button');
        const wanted = buttons[by < 0 ? 0 : 1];

        (wanted.disabled ? buttons[by < 0 ? 1 : 0] : wanted).focus();
    }

    _put(choices) {
        this.originalInputValue = choices.map(({ value }) => value).join(' ');
        this.update();
    }
}
