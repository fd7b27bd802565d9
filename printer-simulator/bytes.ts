export function hex(byte = 0): string {
	return byte.toString(16).padStart(2, "0");
}

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	return first.length === 0 ? second : concat([first, second]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
	return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}
