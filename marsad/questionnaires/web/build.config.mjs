// How the script of a form is built; `tools/frontend.py` calls Vite with this.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const core = here('../../../node_modules/enketo-core');

// Lines of what comes from npm that do not suit our pages. Each must be there, or the build fails:
// with another version, look again.
const CHANGES = {
    'enketo-core/src/js/form.js': [
        // An inline handler, which our policy blocks.
        [
            "this.view.$.attr('onsubmit', 'return false;');",
            "this.view.html.addEventListener('submit', (event) => event.preventDefault());",
        ],
        // Jumping to the first question hides what stands above it.
        ['this.goToTarget(this.view.html);', ''],
        ["this.view.$.on('click', '.or-group > h4', function () {", "this.view.$.on('click', '.never', function () {"],
    ],
    // Turning pages with the finger needs a jQuery plugin that we leave out (see `swipePage`).
    'enketo-core/src/js/page.js': [["import 'jquery-touchswipe';", '']],
    // It makes a parsing error to see of what kind those are; browsers show one with an inline style,
    // which our policy reports.
    'mergexml/mergexml.js': [
        ["f = psr.parseFromString('<invalid', 'text/xml');", ''],
        ["f.getElementsByTagName('parsererror')[0].namespaceURI", "'*'"],
    ],
};

const changed = new Set();
const fitToHouse = {
    name: 'fit-to-house',
    load(id) {
        const path = id.split('?')[0].replaceAll('\\', '/');
        const name = Object.keys(CHANGES).find((one) => path.endsWith(`/node_modules/${one}`));

        if (!name) {
            return null;
        }
        let text = readFileSync(path, 'utf8');

        for (const [from, to] of CHANGES[name]) {
            if (!text.includes(from)) {
                this.error(`what comes from npm has changed: “${from}” is not in ${name}`);
            }
            text = text.replace(from, to);
        }
        changed.add(name);

        return text;
    },
    buildEnd(error) {
        if (!error && changed.size !== Object.keys(CHANGES).length) {
            this.error('the engine is built otherwise than expected: look at build.config.mjs');
        }
    },
};

export default {
    root: here('.'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [fitToHouse],
    resolve: {
        alias: {
            'enketo/config': here('config.js'),
            'enketo/widgets': here('widgets/index.js'),
            'enketo/translator': here('translator.js'),
            'enketo/dialog': here('dialog.js'),
            'enketo/file-manager': here('files.js'),
            'enketo/xpath-evaluator-binding': `${core}/src/js/xpath-evaluator-binding.js`,
        },
    },
    build: {
        outDir: here('../static/questionnaires/built'),
        emptyOutDir: true,
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: {
            input: here('fill.js'),
            output: { format: 'es', entryFileNames: 'fill.js', codeSplitting: false },
        },
    },
};
