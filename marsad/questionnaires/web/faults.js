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

function target(form, path) {
    const bare = path.replace(/\[\d+\]/g, '');

    try {
        return form.getGoToTarget(path) ?? form.getGoToTarget(bare);
    } catch {
        return null;
    }
}

export function showFaults(form, faults) {
    const list = make('ul', { className: 'faults__list' });

    clearFaults(form.view.html);
    faults.forEach((fault, at) => {
        const question = fault.path ? target(form, fault.path) : null;
        const item = make('li');

        if (question) {
            question.classList.add('invalid-server');
            question.append(make('span', { className: 'server-msg', text: fault.says }));
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
    place.focus();
}
