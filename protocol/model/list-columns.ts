/** What a table's columns may be: `date` is for a list that has the day apart from the time of day. */
export const LIST_COLUMNS = ["code", "date", "time", "topic", "language", "party", "status"] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];
