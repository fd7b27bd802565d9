const XON = 0x11;
const XOFF = 0x13;

/**
 * Printers on a serial line, also behind a print server, send these among their replies when their buffer fills and
 * empties. No reply of a printer holds them where the parsers ask this.
 */
export const isFlowControl = (byte: number): boolean => byte === XON || byte === XOFF;
