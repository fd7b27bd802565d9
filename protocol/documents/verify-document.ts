import { createHash, createPublicKey, verify } from "node:crypto";
import {
	type DocumentKind,
	type DocumentRefusalCode,
	documentSchema,
	type SignedContent,
	type SignedDocument,
} from "./signed-document.ts";

export type Verification = { kind: "valid"; content: SignedContent } | { kind: "refused"; code: DocumentRefusalCode };

/**
 * Verifies that a document is signed by one of the keys, readable, of the requested kind, newer than `held` (0 where there
 * is none) and not expired at `now` (UTC milliseconds). Checks the signature first: an unsigned text is never parsed.
 */
export function verifyDocument(
	document: SignedDocument,
	against: { kind: DocumentKind; signers: readonly string[]; held: number; now: number },
): Verification {
	const refused = (code: DocumentRefusalCode): Verification => ({ kind: "refused", code });
	const signer = against.signers.find((key) => nameOfSigner(key) === document.signer);
	if (signer === undefined) return refused("DOCUMENT_SIGNER_UNKNOWN");
	if (!isSigned(document, signer)) return refused("DOCUMENT_SIGNATURE_INVALID");
	const parsed = documentSchema.safeParse(parseJson(document.text));
	if (!parsed.success || parsed.data.kind !== against.kind) return refused("DOCUMENT_INVALID");
	if (parsed.data.version <= against.held) return refused("DOCUMENT_OUTDATED");
	if (parsed.data.expiresAt <= against.now) return refused("DOCUMENT_EXPIRED");
	return { kind: "valid", content: parsed.data };
}

/** Sixteen hexadecimal digits of the key's SHA-256: a document names with it which of two keys signed. */
export function nameOfSigner(publicKey: string): string {
	return createHash("sha256").update(Buffer.from(publicKey, "base64url")).digest("hex").slice(0, 16);
}

function isSigned({ text, signature }: SignedDocument, publicKey: string): boolean {
	try {
		const key = createPublicKey({ key: Buffer.from(publicKey, "base64url"), format: "der", type: "spki" });
		return (
			key.asymmetricKeyType === "ed25519" && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"))
		);
	} catch {
		return false;
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
