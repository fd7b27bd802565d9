/** A language file: flat keys with plural forms as suffixes (`people_one`, `people_other`). */
export type MessageFile = Readonly<Record<string, string>>;

export function isMessageFile(file: unknown): file is MessageFile {
	return (
		typeof file === "object" &&
		file !== null &&
		!Array.isArray(file) &&
		Object.values(file).every((text) => typeof text === "string")
	);
}
