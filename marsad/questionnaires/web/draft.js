// The draft: saved in this browser at once, on the server a moment later, and never over the head
// of another browser that saved in between.
import { ask } from './dialog.js';
import { settings, shown, tell } from './settings.js';
import * as store from './store.js';

const LOCAL_AFTER = 250;
const SEND_AFTER = 1200;
const AGAIN_AFTER = 5000;

const state = {
    form: null,
    revision: settings.draft?.revision ?? 0,
    files: new Map((settings.draft?.files ?? []).map((file) => [file.name, file])),
    dirty: false,
    sending: null,
    stopped: false,
    progress: () => ({ done: 0, all: 0 }),
};
let soon;
let later;

const line = document.getElementById('fill-state');

function report(kind, words) {
    line.dataset.kind = kind;
    line.textContent = words;
}

const clock = () => {
    const now = new Date();
    const two = (part) => shown(String(part).padStart(2, '0'));

    return `${two(now.getHours())}:${two(now.getMinutes())}`;
};

class Refusal extends Error {
    constructor(status, said) {
        super(said.message ?? '');
        this.status = status;
        this.said = said;
    }
}

// Signing in again, in another window, makes a new one.
function token() {
    return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? settings.csrf;
}

// One request to the house. A refusal carries what was said; no network is a TypeError.
export async function post(url, body, { keepalive = false } = {}) {
    const isForm = body instanceof FormData;
    const response = await fetch(url, {
        method: 'POST',
        credentials: 'same-origin',
        keepalive,
        headers: {
            'X-CSRFToken': token(),
            Accept: 'application/json',
            ...(isForm ? {} : { 'Content-Type': 'application/json' }),
        },
        body: isForm ? body : JSON.stringify(body),
    });
    const said = (response.headers.get('content-type') ?? '').startsWith('application/json')
        ? await response.json()
        : {};

    if (!response.ok) {
        throw new Refusal(response.status, said);
    }

    return said;
}

// ── files ──────────────────────────────────────────────────────────────────────────────────────
export const shownName = (name) => state.files.get(name)?.shown ?? name;
export const addressOf = (name) => state.files.get(name)?.url;

export async function addFile(file, accept) {
    const body = new FormData();

    body.append('file', file, file.name);
    body.append('accept', accept);
    try {
        const added = await post(settings.urls.files, body);

        state.files.set(added.name, added);

        return added.name;
    } catch (problem) {
        throw problem instanceof Refusal
            ? problem
            : new Error(settings.words['file.offline']);
    }
}

// ── answers ────────────────────────────────────────────────────────────────────────────────────
export const xml = () => state.form.getDataStr({ irrelevant: true });

const unsent = () => ({
    key: settings.draft.key,
    revision: state.revision,
    xml: xml(),
    at: Date.now(),
});

function changed() {
    if (settings.preview || state.stopped) {
        return;
    }
    state.dirty = true;
    window.clearTimeout(soon);
    soon = window.setTimeout(() => store.keep(unsent()), LOCAL_AFTER);
    plan(SEND_AFTER);
}

function plan(after) {
    window.clearTimeout(later);
    later = window.setTimeout(save, after);
}

// Send what was typed; resolves to whether the server has all of it.
export async function save() {
    if (settings.preview || state.stopped || !state.dirty) {
        return true;
    }
    if (state.sending) {
        await state.sending;

        return save();
    }
    window.clearTimeout(later);
    state.sending = send();
    try {
        return await state.sending;
    } finally {
        state.sending = null;
    }
}

async function send() {
    const sent = xml();

    report('saving', tell('state.saving'));
    try {
        const answer = await post(settings.urls.save, {
            revision: state.revision,
            xml: sent,
            language: settings.language,
            progress: state.progress(),
        });

        state.revision = answer.revision;
        state.dirty = xml() !== sent;
        if (state.dirty) {
            plan(SEND_AFTER);
        } else {
            window.clearTimeout(soon);
            await store.forget(settings.draft.key);
            report('saved', tell('state.saved', { time: clock() }));
        }

        return !state.dirty;
    } catch (problem) {
        return failed(problem);
    }
}

async function failed(problem) {
    await store.keep(unsent());
    if (problem instanceof Refusal && problem.status === 409 && problem.said.draft) {
        await conflict(problem.said.draft);

        return !state.dirty;
    }
    if (problem instanceof Refusal) {
        // A draft that is gone takes nothing more; everything else is tried again.
        state.stopped = problem.status === 404;
        report('refused', problem.message || tell('state.failed'));
    } else {
        report('offline', tell('state.offline'));
    }
    if (!state.stopped) {
        plan(AGAIN_AFTER);
    }

    return false;
}

// Another browser saved since: say what differs, and let the person choose.
async function conflict(theirs) {
    if (!differing(xml(), theirs.xml).length) {
        // It was this page after all, as it was being closed: the same is there.
        state.revision = theirs.revision;
        state.dirty = false;
        await store.forget(settings.draft.key);
        report('saved', tell('state.saved', { time: clock() }));

        return;
    }
    const differs = differences(theirs.xml);
    const list = document.createElement('ul');

    list.className = 'form-dialog__list';
    differs.slice(0, 8).forEach((label) => {
        const item = document.createElement('li');

        item.textContent = label;
        list.append(item);
    });
    report('conflict', tell('state.conflict'));
    const choice = await ask({
        heading: tell('conflict.heading'),
        text: tell('conflict.text', { time: theirs.saved_at }),
        details: differs.length ? list : null,
        buttons: [
            { value: 'theirs', label: tell('conflict.theirs'), kind: 'primary' },
            { value: 'mine', label: tell('conflict.mine'), kind: 'secondary' },
        ],
    });

    if (choice === 'mine') {
        state.revision = theirs.revision;
        state.dirty = true;
        plan(0);
    } else {
        state.stopped = true;
        await store.forget(settings.draft.key);
        window.location.reload();
    }
}

// Every answer of an instance by its path; what the form writes about itself is left out.
function values(text) {
    const found = new Map();
    const walk = (node, path) => {
        const children = [...node.children].filter((child) => child.localName !== 'meta');

        if (!children.length) {
            found.set(path, [...(found.get(path) ?? []), node.textContent.trim()]);
        }
        children.forEach((child) => walk(child, `${path}/${child.nodeName}`));
    };
    const { documentElement } = new DOMParser().parseFromString(text, 'text/xml');

    walk(documentElement, `/${documentElement.nodeName}`);

    return found;
}

function differing(one, other) {
    const [here, there] = [values(one), values(other)];

    return [...new Set([...here.keys(), ...there.keys()])].filter(
        (path) => (here.get(path) ?? []).join('\n') !== (there.get(path) ?? []).join('\n')
    );
}

// The questions, in words, whose answers are not the same here and there.
function differences(otherXml) {
    return differing(xml(), otherXml)
        .map((path) =>
            document
                .querySelector(`form.or [name="${CSS.escape(path)}"], form.or [data-name="${CSS.escape(path)}"]`)
                ?.closest('.question')
                ?.querySelector('.question-label')
                ?.textContent.trim()
        )
        .filter(Boolean);
}

// What this browser kept and the server does not have; `null` where there is nothing.
export async function recovered() {
    if (settings.preview) {
        return sessionStorage.getItem(settings.draft?.key ?? 'preview');
    }
    const local = await store.kept(settings.draft.key);

    return local ?? null;
}

export function start(form, { progress, pending }) {
    state.form = form;
    state.progress = progress;
    form.view.html.addEventListener('dataupdate', changed);
    form.view.html.addEventListener('removerepeat', changed);
    form.view.html.addEventListener('addrepeat', changed);
    window.addEventListener('online', () => state.dirty && plan(0));
    window.addEventListener('offline', () => report('offline', tell('state.offline')));
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden' && state.dirty && !settings.preview) {
            store.keep(unsent());
            save();
        }
    });
    if (pending) {
        state.revision = pending.revision;
        changed();
        plan(0);
    } else if (settings.draft?.saved_at) {
        report('saved', tell('state.resumed', { time: settings.draft.saved_at }));
    }
}

// Before the page is left for another language: nothing typed may be lost.
export async function leaveFor(address) {
    if (settings.preview) {
        sessionStorage.setItem(settings.draft?.key ?? 'preview', xml());
        window.location.assign(address);

        return;
    }
    if (await save()) {
        window.location.assign(address);
    } else if (!state.stopped) {
        report('offline', tell('state.languageOffline'));
    }
}

// The form is filled in: hand it over. Resolves to what the server says of it.
export async function submit() {
    if (state.sending) {
        await state.sending;
    }
    window.clearTimeout(later);
    window.clearTimeout(soon);
    await store.keep(unsent());
    report('saving', tell('state.submitting'));
    try {
        const answer = await post(settings.urls.submit, {
            revision: state.revision,
            xml: xml(),
            language: settings.language,
        });

        if (answer.receipt) {
            state.stopped = true;
            await store.forget(settings.draft.key);
        } else {
            state.revision = answer.revision;
            state.dirty = false;
            report('refused', tell('state.faults'));
        }

        return answer;
    } catch (problem) {
        state.dirty = true;
        await failed(problem);

        return {};
    }
}
