// Answers given before to a question of the same concept, offered with their date.
import events from 'enketo-core/src/js/event';
import { say, settings } from './settings.js';
import { button, make } from './widgets/make.js';

export function offerEarlier(form) {
    (settings.earlier ?? []).forEach((offer) => {
        const control = form.input.find(offer.path, 0);
        const question = control?.closest('.question');

        if (!question || form.input.getVal(control).toString() !== '') {
            return;
        }
        const take = button('button button--secondary earlier__take', say('earlier.take'));
        const words = make('p', { className: 'earlier__text', text: say('earlier.text', offer) });
        const box = make(
            'div',
            { className: 'earlier' },
            words,
            make('p', { className: 'earlier__still', text: say('earlier.still') }),
            take
        );

        take.addEventListener('click', () => {
            form.input.setVal(control, offer.value, events.Change());
            control.dispatchEvent(events.InputUpdate());
            box.replaceChildren(make('p', { className: 'earlier__text', role: 'status', text: say('earlier.taken') }));
        });
        const label = question.querySelector('.or-hint') ?? question.querySelector('.question-label, legend');

        (question.matches('fieldset') ? question.querySelector('legend') : label).after(box);
    });
}
