/** Reads the page's fragment: `#key=SECRET`, and for another panel `&mm=2.71` (pixels per millimetre). */
export function readAddress(hash: string): { secret: string; pixelsPerMillimetre: number | undefined } {
	const parts = new URLSearchParams(hash.replace(/^#/, ""));
	const mm = Number(parts.get("mm"));
	return {
		secret: parts.get("key") ?? "",
		pixelsPerMillimetre: mm >= 1 && mm <= 20 ? mm : undefined,
	};
}
