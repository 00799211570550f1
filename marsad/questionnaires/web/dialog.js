// Questions that Enketo puts, in a dialog that keyboards and screen readers understand.
import { say } from './settings.js';

function element(tag, className, text) {
    const made = document.createElement(tag);

    if (className) {
        made.className = className;
    }
    if (text) {
        made.textContent = text;
    }

    return made;
}

// Ask, and resolve with the value of the button that was pressed; closing is the last button.
export function ask({ heading, text, details, buttons, lang, dir }) {
    return new Promise((resolve) => {
        const dialog = element('dialog', 'form-dialog');
        const title = element('h2', 'form-dialog__title', heading);

        title.id = `form-dialog-${Date.now()}`;
        dialog.setAttribute('aria-labelledby', title.id);
        if (lang) {
            dialog.lang = lang;
            dialog.dir = dir;
        }
        dialog.append(title);
        if (text) {
            dialog.append(element('p', 'form-dialog__text', text));
        }
        if (details) {
            dialog.append(details);
        }
        const row = element('div', 'form-dialog__buttons');

        buttons.forEach(({ value, label, kind }) => {
            const button = element('button', `button button--${kind}`, label);

            button.type = 'button';
            button.addEventListener('click', () => dialog.close(value));
            row.append(button);
        });
        dialog.append(row);
        dialog.addEventListener('close', () => {
            const chosen = dialog.returnValue || buttons[buttons.length - 1].value;

            dialog.remove();
            resolve(chosen);
        });
        document.body.append(dialog);
        dialog.showModal();
    });
}

function ofForm(content) {
    const form = document.querySelector('form.or');
    const said = typeof content === 'string' ? { msg: content } : content;

    return {
        heading: said.heading || said.msg || said.message,
        text: said.heading ? said.msg || said.message : '',
        lang: form?.lang,
        dir: form?.dir,
    };
}

export default {
    alert: (content) =>
        ask({
            ...ofForm(content),
            buttons: [{ value: 'close', label: say('dialog.close'), kind: 'primary' }],
        }),
    confirm: async (content) =>
        (await ask({
            ...ofForm(content),
            buttons: [
                { value: 'yes', label: say('dialog.yes'), kind: 'danger' },
                { value: 'no', label: say('dialog.no'), kind: 'secondary' },
            ],
        })) === 'yes',
    prompt: () => Promise.resolve(null),
};
