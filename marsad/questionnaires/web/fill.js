// The page on which a questionnaire is filled in, or looked at by its author.
import { Form } from 'enketo-core';
import events from 'enketo-core/src/js/event';
import { watchDigits } from './digits.js';
import * as draft from './draft.js';
import { offerEarlier } from './earlier.js';
import { clearFaults, ownFaults, showFaults } from './faults.js';
import { watchNames } from './naming.js';
import { count, leaveOutDefaults, watchProgress } from './progress.js';
import { say, settings, tell } from './settings.js';

const place = document.getElementById('fill-form');
const waiting = document.getElementById('fill-waiting');
const submit = document.getElementById('fill-submit');

async function fetched() {
    const response = await fetch(settings.urls.form, { credentials: 'same-origin' });

    if (!response.ok) {
        throw new Error(`${response.status}`);
    }

    return response.json();
}

function drawn(html) {
    const fragment = document.createRange().createContextualFragment(html);

    place.prepend(fragment);

    return place.querySelector('form.or');
}

async function open() {
    const [{ form: html, model }, local] = await Promise.all([fetched(), draft.recovered()]);
    const pending = local && typeof local === 'object' ? local : null;
    const instanceStr = (settings.preview ? local : pending?.xml) || settings.draft?.xml || null;
    const element = drawn(html);

    window.enketoFormLocale = settings.language;
    const form = new Form(
        element,
        { modelStr: model, instanceStr, external: [], submitted: Boolean(settings.draft?.submitted && !pending), session: settings.session ?? {} },
        { language: settings.language }
    );
    const errors = form.init();

    watchDigits(element);
    watchNames(element);
    leaveOutDefaults(model);
    watchProgress(element);
    offerEarlier(form);
    draft.start(form, { progress: () => count(element), pending });
    element.addEventListener('change', (event) => {
        event.target.closest('.question')?.classList.remove('invalid-server');
    });
    turnPages(form);
    waiting.remove();
    place.removeAttribute('aria-busy');
    document.documentElement.dataset.form = 'ready';
    if (submit) {
        submit.disabled = false;
        submit.addEventListener('click', () => handIn(form));
    }
    if (errors.length) {
        console.error('The form did not load whole:', errors.join('; '));
    }

    return form;
}

// Forms in pages: Enketo gives the button a place in the order of the keyboard that we do not want.
function turnPages(form) {
    const footer = place.querySelector('.form-footer');

    footer.hidden = !form.pages.active;
    footer.lang = settings.language;
    footer.querySelector('.previous-page').textContent = say('form.previous');
    footer.querySelector('.next-page').textContent = say('form.next');
    document.querySelectorAll('[data-section]').forEach((link) => {
        link.addEventListener('click', (event) => {
            if (form.pages.active) {
                event.preventDefault();
                form.goToTarget(document.getElementById(link.dataset.section));
            }
        });
    });
    footer.querySelectorAll('[tabindex]').forEach((one) => one.removeAttribute('tabindex'));
}

async function handIn(form) {
    const element = form.view.html;

    clearFaults(element);
    element.dispatchEvent(events.BeforeSave());
    submit.disabled = true;
    try {
        if (!(await form.validate())) {
            // The first of them has the focus; the list is for seeing how many there are.
            showFaults(form, ownFaults(element), { focus: false });
            document.getElementById('fill-state').textContent = tell('state.invalid');
            document.getElementById('fill-state').dataset.kind = 'refused';

            return;
        }
        const answer = await draft.submit();

        if (answer.receipt) {
            window.location.assign(answer.receipt);
        } else if (answer.faults) {
            showFaults(form, answer.faults);
        }
    } finally {
        submit.disabled = false;
    }
}

document.querySelectorAll('[data-language]').forEach((link) => {
    link.addEventListener('click', (event) => {
        event.preventDefault();
        draft.leaveFor(link.href);
    });
});

open().catch((problem) => {
    console.error(problem);
    waiting.textContent = tell('state.cannotOpen');
    place.removeAttribute('aria-busy');
});
