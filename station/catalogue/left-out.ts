/** An entry that was not taken, and why: named in the log, so that somebody mends the file. */
export interface LeftOut {
	file: string;
	entry: string;
	reason: string;
}
