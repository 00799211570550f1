// What the server found, shown at its question and listed at the top.
import { say } from './settings.js';
import { make } from './widgets/make.js';

const place = document.getElementById('fill-faults');

export function clearFaults(form) {
    place.replaceChildren();
    place.hidden = true;
    form.querySelectorAll('.invalid-server').forEach((question) => question.classList.remove('invalid-server'));
    form.querySelectorAll('.server-msg').forEach((message) => message.remove());
}

// "/data/cases/ref" in the second entry is "/data/cases[2]/ref".
function placed(form, path, position) {
    const repeats = [...form.view.html.querySelectorAll('.or-repeat-info')]
        .map((info) => info.dataset.name)
        .filter((name, at, all) => (path === name || path.startsWith(`${name}/`)) && all.indexOf(name) === at)
        .sort((one, other) => other.length - one.length);

    return repeats.reduce((whole, name, at) => {
        const number = position[repeats.length - 1 - at];

        return number ? `${name}[${number}]${whole.slice(name.length)}` : whole;
    }, path);
}

function target(form, { path, position = [] }) {
    try {
        return form.getGoToTarget(placed(form, path, position)) ?? form.getGoToTarget(path);
    } catch {
        return null;
    }
}

// What the browser itself found: the questions that are marked, and what is said at each.
export function ownFaults(element) {
    const wrong = '.invalid-required, .invalid-constraint, .invalid-value';
    const said = {
        'invalid-required': '.or-required-msg',
        'invalid-constraint': '.or-constraint-msg',
        'invalid-value': '.invalid-value-msg',
    };

    return [...element.querySelectorAll(`.question:is(${wrong})`)]
        .filter((question) => !question.closest('.disabled'))
        .map((question) => {
            const kind = Object.keys(said).find((name) => question.classList.contains(name));

            return { question, says: question.querySelector(said[kind])?.textContent.trim() ?? '' };
        });
}

export function showFaults(form, faults, { focus = true } = {}) {
    const list = make('ul', { className: 'faults__list' });

    clearFaults(form.view.html);
    faults.forEach((fault, at) => {
        const question = fault.question ?? (fault.path ? target(form, fault) : null);
        const item = make('li');

        if (question) {
            if (!fault.question) {
                question.classList.add('invalid-server');
                question.append(make('span', { className: 'server-msg', text: fault.says }));
            }
            question.id ||= `question-with-fault-${at}`;
            const label = question.querySelector('.question-label')?.textContent.trim();
            const link = make('a', { href: `#${question.id}`, text: label || fault.says });

            link.addEventListener('click', (event) => {
                event.preventDefault();
                form.goToTarget(question);
            });
            item.append(link, label ? `: ${fault.says}` : '');
        } else {
            item.textContent = fault.says;
        }
        list.append(item);
    });
    place.replaceChildren(make('h2', { className: 'faults__title', text: say('faults.title') }), list);
    place.hidden = false;
    if (focus) {
        place.focus();
    }
}
