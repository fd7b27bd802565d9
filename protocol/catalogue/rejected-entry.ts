/** An entry that was not accepted, and why: it is named so that the file can be corrected. */
export interface RejectedEntry {
	file: string;
	entry: string;
	reason: string;
}
