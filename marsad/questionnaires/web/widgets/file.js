// A file: it goes up to the draft at once, and the answer holds its name.
import Widget from 'enketo-core/src/js/widget';
import events from 'enketo-core/src/js/event';
import { say, settings } from '../settings.js';
import * as draft from '../draft.js';
import { mark } from '../digits.js';
import { button, field, make } from './make.js';

let made = 0;

export class FileField extends Widget {
    static get name() {
        return 'FileField';
    }

    static get selector() {
        return '.question input[data-type-xml="binary"]:not(.ignore)';
    }

    _init() {
        const accept = this.element.getAttribute('accept');

        made += 1;
        this.input = field({
            type: 'file',
            className: 'file__input',
            id: `file-${made}`,
            // "application/*" is how a form says "any file".
            accept: accept && accept !== 'application/*' ? accept : undefined,
        });
        this.choose = make('label', { className: 'button button--secondary file__choose', for: this.input.id });
        this.remove = button('button button--quiet file__remove', say('file.remove'));
        // The line runs as the page does, the name as its own letters do.
        this.name = make('span', { className: 'file__name' }, make('bdi'));
        this.state = make('span', { className: 'file__state', role: 'status' });
        this.preview = make('div', { className: 'file__preview' });
        this.widget = make(
            'div',
            { className: 'widget file' },
            this.name,
            this.input,
            this.choose,
            this.remove,
            this.state,
            this.preview
        );
        this.element.before(this.widget);
        this.input.addEventListener('change', (event) => {
            event.stopPropagation();
            if (this.input.files[0]) {
                this._send(this.input.files[0]);
            }
        });
        this.remove.addEventListener('click', () => this._put(''));
        this.element.addEventListener(events.ApplyFocus().type, () => this.input.focus());
        this.update();
        if (this.props.readonly) {
            this.disable();
        }
    }

    async _send(file) {
        mark(this.element, '');
        if (file.size > settings.largest.bytes) {
            this.input.value = '';
            mark(this.element, say('file.tooLarge', { size: settings.largest.readable }));

            return;
        }
        if (settings.preview) {
            this.input.value = '';
            mark(this.element, '');
            this.state.textContent = say('file.preview');

            return;
        }
        this.state.textContent = say('file.sending');
        this.widget.setAttribute('aria-busy', 'true');
        try {
            this._put(await draft.addFile(file, this.element.getAttribute('accept') ?? ''));
            this.state.textContent = say('file.kept');
        } catch (problem) {
            this.state.textContent = '';
            mark(this.element, problem.message || say('file.failed'));
        } finally {
            this.input.value = '';
            this.widget.removeAttribute('aria-busy');
        }
    }

    _put(name) {
        if (this.originalInputValue !== name) {
            this.originalInputValue = name;
        }
        mark(this.element, '');
        this.state.textContent = '';
        this.update();
    }

    update() {
        const name = this.element.value;

        this.name.firstChild.textContent = draft.shownName(name);
        this.name.hidden = !name;
        this.remove.hidden = !name;
        this.choose.textContent = say(name ? 'file.replace' : 'file.choose');
        if (!name && !this.state.textContent) {
            this.state.textContent = say('file.limit', { size: settings.largest.readable });
        }
        this._preview(name);
    }

    _preview(name) {
        const address = draft.addressOf(name);
        const [kind] = (this.element.getAttribute('accept') ?? '').split('/');
        const tag = { image: 'img', audio: 'audio', video: 'video' }[kind];

        this.preview.replaceChildren();
        if (name && address && tag) {
            this.preview.append(
                make(tag, { src: address, alt: tag === 'img' ? draft.shownName(name) : undefined, controls: tag !== 'img' })
            );
        }
    }

    disable() {
        this.input.disabled = true;
        this.remove.disabled = true;
    }

    enable() {
        if (!this.props.readonly) {
            this.input.disabled = false;
            this.remove.disabled = false;
        }
    }
}
