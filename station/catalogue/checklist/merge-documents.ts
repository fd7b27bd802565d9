import type { DocumentUse } from "../../../protocol/catalogue/service-details.ts";

/**
 * Each document once, whatever the number of topics that ask for it, in the strictest form that any of them asks. Photos
 * of different sizes cannot be one: they stay apart.
 */
export function mergeDocuments(uses: readonly DocumentUse[]): (DocumentUse & { key: string })[] {
	const merged = new Map<string, DocumentUse & { key: string }>();
	for (const use of uses) {
		const key = keyOf(use);
		const known = merged.get(key);
		merged.set(key, known ? { ...stricter(known, use), key } : { ...use, key });
	}
	return [...merged.values()];
}

function keyOf({ document, photo }: DocumentUse): string {
	return photo ? `${document} ${photo.width_mm}x${photo.height_mm}` : document;
}

function stricter(one: DocumentUse, other: DocumentUse): DocumentUse {
	const { document, photo = other.photo } = one;
	const isTrue = (field: "authenticated" | "translated" | "unconfirmed") => one[field] ?? other[field];
	const most = (field: "originals" | "copies") => Math.max(one[field] ?? 0, other[field] ?? 0) || undefined;
	const months = [one.issued_within_months, other.issued_within_months].filter((value) => value !== undefined);
	return {
		document,
		photo,
		originals: most("originals"),
		copies: most("copies"),
		issued_within_months: months.length > 0 ? Math.min(...months) : undefined,
		authenticated: isTrue("authenticated"),
		translated: isTrue("translated"),
		// Needed for sure by one topic is needed.
		if_any: one.if_any && other.if_any,
		unconfirmed: isTrue("unconfirmed"),
	};
}
