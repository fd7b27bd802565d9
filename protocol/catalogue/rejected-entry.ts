/** An entry that was not taken, and why: named, so that somebody mends the file. */
export interface RejectedEntry {
	file: string;
	entry: string;
	reason: string;
}
