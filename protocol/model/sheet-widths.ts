/*
 * Without zod, because a screen loads it.
 */

/** Widths in dots that the set-up sheet marks at the right edge: the heads of printers in the field. */
export const SHEET_WIDTHS = [360, 384, 416, 432, 504, 512, 546, 576, 640] as const;
