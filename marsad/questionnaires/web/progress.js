// How far one has come: questions that apply now, and how many of them are answered.
import { say, written } from './settings.js';

const NOT_ASKED = '.readonly, .note, .calculation, .or-appearance-label';
const bar = document.getElementById('fill-progress');
const words = document.getElementById('fill-progress-words');

function answered(question) {
    const control = question.querySelector(
        ':is(input, select, textarea)[name]:not(.ignore), :is(input, select, textarea)[data-name]:not(.ignore)'
    );

    if (!control || answeredByForm.has(control.dataset.name ?? control.name)) {
        return null;
    }
    if (control.type === 'radio' || control.type === 'checkbox') {
        return Boolean(question.querySelector(':checked'));
    }

    return control.value !== '';
}

// Questions that the form answers by itself until somebody says otherwise: they would count as
// answered before anybody has begun.
const answeredByForm = new Set();

export function leaveOutDefaults(model) {
    const instance = new DOMParser().parseFromString(model, 'text/xml').querySelector('instance > *');
    const walk = (node, path) => {
        if (!node.children.length && node.textContent.trim()) {
            answeredByForm.add(path);
        }
        [...node.children].forEach((child) => walk(child, `${path}/${child.nodeName}`));
    };

    if (instance) {
        walk(instance, `/${instance.nodeName}`);
    }
}

export function count(form) {
    let [done, all] = [0, 0];

    form.querySelectorAll('.question').forEach((question) => {
        if (question.matches(NOT_ASKED) || question.closest('.disabled')) {
            return;
        }
        const is = answered(question);

        if (is !== null) {
            all += 1;
            done += is;
        }
    });

    return { done, all };
}

export function watchProgress(form) {
    let planned;
    const draw = () => {
        const { done, all } = count(form);

        bar.max = Math.max(1, all);
        bar.value = done;
        words.textContent = say('progress.answered', { done: written(done), all: written(all) });
        document.querySelectorAll('[data-section]').forEach((link) => {
            const section = document.getElementById(link.dataset.section);

            link.closest('li').hidden = Boolean(section?.closest('.disabled'));
        });
    };
    const plan = () => {
        window.clearTimeout(planned);
        planned = window.setTimeout(draw, 200);
    };

    form.addEventListener('dataupdate', plan);
    form.addEventListener('addrepeat', plan);
    form.addEventListener('removerepeat', plan);
    draw();
}
