// What was typed and not yet sent, kept in this browser until it is: a network may be cut for hours.
const NAME = 'marsad-questionnaires';
const STORE = 'unsent';

function opened() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);

        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function within(mode, act) {
    const database = await opened();

    try {
        return await new Promise((resolve, reject) => {
            const transaction = database.transaction(STORE, mode);
            const request = act(transaction.objectStore(STORE));

            transaction.oncomplete = () => resolve(request.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    } finally {
        database.close();
    }
}

// A browser that keeps nothing (private windows of some) must not stop anybody from answering.
const quietly = async (act, otherwise) => {
    try {
        return await act();
    } catch {
        return otherwise;
    }
};

export const keep = (unsent) => quietly(() => within('readwrite', (store) => store.put(unsent)).then(() => true), false);
export const kept = (key) => quietly(() => within('readonly', (store) => store.get(key)));
export const forget = (key) => quietly(() => within('readwrite', (store) => store.delete(key)));
