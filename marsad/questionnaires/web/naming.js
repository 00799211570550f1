// Names and descriptions for screen readers, and words on the buttons that Enketo leaves bare.
import { say, written } from './settings.js';

let made = 0;

function idOf(element, prefix) {
    if (!element.id) {
        made += 1;
        element.id = `${prefix}-${made}`;
    }

    return element.id;
}

const CONTROLS =
    '.widget input:not([type="file"]):not(.moment__native), .widget button, .widget input[type="file"], ' +
    'input.autocomplete, input:not(.hide):not(.ignore), select, textarea';

function nameQuestion(question) {
    const label = question.querySelector(':scope > label.question-label');
    const controls = [...question.querySelectorAll(CONTROLS)].filter(
        (one) => one.type !== 'hidden' && !one.classList.contains('hide')
    );
    const first = controls[0];

    if (label && first) {
        const unique = idOf(first, 'control');

        label.htmlFor = unique;
        if (question.querySelector('.widget.moment')) {
            question.querySelector('.widget').setAttribute('role', 'group');
            question.querySelector('.widget').setAttribute('aria-labelledby', idOf(label, 'label'));
        }
        if (question.querySelector('.widget.file')) {
            first.setAttribute('aria-labelledby', `${idOf(label, 'label')} ${idOf(question.querySelector('.file__choose'), 'choose')}`);
        }
        // Pictures beside a label and words of other questions do not name it.
        if (first.closest('.widget') && first.matches('.moment__date[aria-label], .moment__time[aria-label]')) {
            first.setAttribute('aria-label', `${label.textContent.trim()}: ${first.getAttribute('aria-label')}`);
        }
    }
    describe(question);
}

// Hint and, where an answer is wrong, what is wrong with it.
function describe(question) {
    const wrong = [...question.classList].find((name) => name.startsWith('invalid-'));
    const described = [
        ...question.querySelectorAll('.or-hint.active'),
        ...(question.classList.contains('invalid-constraint') ? question.querySelectorAll('.or-constraint-msg.active') : []),
        ...(question.classList.contains('invalid-required') ? question.querySelectorAll('.or-required-msg.active') : []),
        ...(question.classList.contains('invalid-value') ? question.querySelectorAll('.invalid-value-msg') : []),
        ...(question.classList.contains('invalid-server') ? question.querySelectorAll('.server-msg') : []),
    ].map((one) => idOf(one, 'said'));
    const control =
        question.matches('fieldset')
            ? question.querySelector(':scope > fieldset')
            : question.querySelector(CONTROLS);

    if (!control) {
        return;
    }
    if (described.length) {
        control.setAttribute('aria-describedby', described.join(' '));
    } else {
        control.removeAttribute('aria-describedby');
    }
    if (control.matches('input, select, textarea')) {
        control.toggleAttribute('aria-invalid', Boolean(wrong));
        if (wrong) {
            control.setAttribute('aria-invalid', 'true');
        }
    }
}

export function nameRepeats(form) {
    form.querySelectorAll('.or-repeat-info').forEach((info) => {
        const group = info.closest('.or-group, .or-group-data');
        const label = group?.querySelector(':scope > :is(h2, h3, h4, h5, h6)')?.textContent.trim();
        const button = info.querySelector(':scope > .add-repeat-btn');

        if (button) {
            button.className = 'button button--secondary add-repeat-btn';
            button.textContent = label ? say('form.add', { label }) : say('form.addPlain');
        }
        const entries = [...info.parentElement.children].filter((one) => one.matches('.or-repeat') && one.getAttribute('name') === info.dataset.name);

        entries.forEach((entry, at) => {
            const number = written(at + 1);
            // Enketo counts by the text of `.repeat-number`, which therefore stays as it is.
            let heading = entry.querySelector(':scope > .entry-heading');

            if (!heading) {
                heading = document.createElement('p');
                heading.className = 'entry-heading';
                entry.prepend(heading);
            }
            const remove = entry.querySelector(':scope > .repeat-buttons > .remove');

            heading.textContent = say('form.entry', { number });
            if (remove) {
                remove.className = 'button button--quiet remove';
                remove.textContent = say('form.remove', { number });
            }
            entry.setAttribute('role', 'group');
            entry.setAttribute('aria-labelledby', idOf(heading, 'entry'));
        });
    });
}

export function watchNames(form) {
    form.querySelectorAll('.question').forEach(nameQuestion);
    nameRepeats(form);
    new MutationObserver((changes) => {
        const touched = new Set();

        changes.forEach(({ target }) => target.matches('.question') && touched.add(target));
        touched.forEach(describe);
    }).observe(form, { attributes: true, attributeFilter: ['class'], subtree: true });
    form.addEventListener('addrepeat', (event) => {
        // Copies of an entry bring the ids of the first one along.
        event.target.querySelectorAll('[id^="control-"], [id^="label-"], [id^="said-"], [id^="choose-"], [id^="entry-"]').forEach((one) => one.removeAttribute('id'));
        event.target.querySelectorAll('.question').forEach(nameQuestion);
        nameRepeats(form);
    });
    form.addEventListener('removerepeat', () => window.setTimeout(() => nameRepeats(form)));
}
