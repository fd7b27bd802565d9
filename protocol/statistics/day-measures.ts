/* Without a schema library, so that screens can load it. */

/** What is looked at of a day. Visitors who were never called count as having waited until they left, or until the day's end. */
export const DAY_MEASURES = ["medianWaitMs", "p90WaitMs", "mostWaiting", "closed"] as const;
export type DayMeasure = (typeof DAY_MEASURES)[number];
