/* Times of the kiosk, in milliseconds. */

/** Taps are ignored for so long after a screen appears. */
export const SETTLE_MS = 250;
/** Without a touch for so long, the kiosk asks whether the visitor is still there. */
export const IDLE_AFTER_MS = 60_000;
/** So long the question is shown before the kiosk starts again. */
export const IDLE_WARNING_MS = 20_000;
/** Without a confirmation of the printer for so long, the ticket counts as not printed. */
export const PAPER_TIMEOUT_MS = 8_000;
/** A visitor with the paper in hand is asked sooner. */
export const TICKET_SHOWN_MS = 25_000;
export const OPENING_TIMEOUT_MS = 10_000;
export const ISSUING_TIMEOUT_MS = 30_000;
export const REFUSAL_SHOWN_MS = 20_000;
/** A visitor with a ticket who selects no other language for so long sees the ticket again. */
export const LANGUAGE_CHOICE_TIMEOUT_MS = 20_000;
