// How enketo-core behaves here. No maps: they would ask servers outside the house.
export default {
    experimentalOptimizations: { computeAsync: false },
    // An answer that no longer applies is left out, as ODK Collect and our own check do.
    excludeNonRelevant: true,
    maps: [],
    googleApiKey: '',
    repeatOrdinals: false,
    validateContinuously: true,
    validatePage: true,
    swipePage: false,
    textMaxChars: 20000,
};
