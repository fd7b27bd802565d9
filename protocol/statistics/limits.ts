/* Without a schema library, so that screens can load them. */

/** The longest range of days that one request sums up: two years. */
export const MAX_DAYS = 732;

/** Fewer than this are not told: of one or two visitors in a language somebody may know who they were. */
export const SMALLEST_GROUP = 5;

/** What a wait is held against unless asked otherwise. */
export const DEFAULT_WITHIN_MINUTES = 20;
/** The share of visitors that shall wait no longer than that, when counters are counted. */
export const TARGET_SHARE = 0.8;
