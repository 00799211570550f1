// Enketo asks here for files; ours go up by themselves (widgets/file.js), so there is little to say.
import { addressOf } from './draft.js';

export default {
    init: () => Promise.resolve(true),
    isWaitingForPermissions: () => false,
    getFileUrl: (name) => Promise.resolve(typeof name === 'string' ? addressOf(name) : null),
    getObjectUrl: (name) => Promise.resolve(addressOf(name)),
    getCurrentFiles: () => [],
    isTooLarge: () => false,
    getMaxSizeReadable: () => '',
};
