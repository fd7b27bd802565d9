/** An entry that was not taken, and why: named, so that somebody mends the file. */
export interface LeftOut {
	file: string;
	entry: string;
	reason: string;
}
