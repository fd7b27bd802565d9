import { asc, desc, eq, max, sql } from "drizzle-orm";
import type { ServerDatabase, Transaction } from "../../db/server/open.ts";
import { document, signer } from "../../db/server/schema/documents.ts";
import { checkCatalogue, fileReader } from "../../protocol/catalogue/check-catalogue.ts";
import { type CatalogueDifference, compareCatalogues } from "../../protocol/catalogue/compare-catalogues.ts";
import type { RejectedEntry } from "../../protocol/catalogue/rejected-entry.ts";
import {
	type CatalogueBody,
	type ConfigurationBody,
	DOCUMENT_FORMAT,
	DOCUMENT_LIFE_MS,
	type DocumentKind,
	documentSchema,
	type SignedDocument,
} from "../../protocol/documents/signed-document.ts";
import { EVERY_STATION, sendHint } from "../notify/hint-channel.ts";
import { Refusal } from "../refusal.ts";
import { versionAfter } from "./next-version.ts";
import { makeSigningKey, type SigningKey, type SigningKeys } from "./signing-keys.ts";

export type Publishable =
	| { kind: "catalogue"; body: CatalogueBody }
	| { kind: "configuration"; body: ConfigurationBody }
	| { kind: "signers"; body: { keys: string[] } };

export interface Review {
	/** Entries that every station would reject. A catalogue with any of them is not published. */
	errors: RejectedEntry[];
	/** From the catalogue that is published now. */
	difference: CatalogueDifference;
}

export interface Documents {
	/** The newest version of each kind. */
	newest(): Promise<{ kind: DocumentKind; version: number; issuedAt: number; publishedBy: string }[]>;
	/** The newest document of a kind. */
	read(kind: DocumentKind): Promise<SignedDocument | undefined>;
	/** Checks a catalogue as stations do, and returns what it would change. */
	review(body: CatalogueBody): Promise<Review>;
	/**
	 * Signs and publishes a document, sends a hint to every station and returns the version. Throws Refusal
	 * SIGNER_MISSING where stations pin other keys, and CATALOGUE_INVALID.
	 */
	publish(what: Publishable, at: { by: string; now: number; keys: SigningKeys | undefined }): Promise<number>;
	/** Makes these the keys that stations pin, unless there are some already. */
	introduce(keys: SigningKeys): Promise<void>;
	/**
	 * Makes the next key the current one and adds a new next key; stations learn of both by a document. Calls `save` with
	 * the new keys before anything is published: where it throws, nothing is changed.
	 */
	rotate(keys: SigningKeys, at: { by: string; now: number; save: (after: SigningKeys) => void }): Promise<SigningKeys>;
	/**
	 * For lost keys: stations that are enrolled from now on pin these, and the documents in force are signed with them
	 * again. Returns null and changes nothing where one of these keys is pinned, because then none is lost.
	 */
	replace(
		keys: SigningKeys,
		at: { by: string; now: number },
	): Promise<{ kind: DocumentKind; version: number }[] | null>;
}

/** The documents that the server publishes for all its stations. Keeps nothing in memory: any instance may publish. */
export function openDocuments(database: ServerDatabase): Documents {
	const read = async (
		kind: DocumentKind,
		on: Pick<ServerDatabase, "select"> = database,
	): Promise<SignedDocument | undefined> => {
		const [found] = await on
			.select({ text: document.text, signer: document.signer, signature: document.signature })
			.from(document)
			.where(eq(document.kind, kind))
			.orderBy(desc(document.version))
			.limit(1);
		return found;
	};
	const readCatalogue = async (): Promise<CatalogueBody> => {
		const found = await read("catalogue");
		const content = found && documentSchema.parse(JSON.parse(found.text));
		return content?.kind === "catalogue" ? content.body : {};
	};
	const review = async (body: CatalogueBody): Promise<Review> => {
		const { rejected, services, locations } = checkCatalogue(fileReader(body));
		const empty = services.length === 0 || locations.length === 0;
		const nothing = { file: "services.json", entry: "the whole file", reason: "no topic or no site is left" };
		return {
			errors: empty ? [...rejected, nothing] : rejected,
			difference: compareCatalogues(await readCatalogue(), body),
		};
	};

	/**
	 * The one of these keys that stations pin. Locks the keys' rows until the transaction ends: of two publications at the
	 * same time the second sees the version of the first and takes a higher one.
	 */
	const findPinned = async (tx: Transaction, keys: SigningKeys): Promise<SigningKey | undefined> => {
		const pinned = await tx.select().from(signer).orderBy(asc(signer.position)).for("update");
		return [keys.current, keys.next].find((key) => pinned.some((one) => one.publicKey === key.publicKey));
	};
	/** As findPinned. Throws Refusal SIGNER_MISSING. */
	const requirePinned = async (tx: Transaction, keys: SigningKeys | undefined): Promise<SigningKey> => {
		const own = keys && (await findPinned(tx, keys));
		if (!own) throw new Refusal("SIGNER_MISSING");
		return own;
	};
	const pin = async (tx: Transaction, { current, next }: SigningKeys) => {
		for (const [index, { publicKey }] of [current, next].entries())
			await tx
				.insert(signer)
				.values({ position: index + 1, publicKey })
				.onConflictDoUpdate({ target: signer.position, set: { publicKey } });
	};
	const write = async (
		tx: Transaction,
		what: Publishable,
		{ by, now }: { by: string; now: number },
		key: SigningKey,
	) => {
		const [last] = await tx
			.select({ version: max(document.version) })
			.from(document)
			.where(eq(document.kind, what.kind));
		const version = versionAfter(last?.version ?? 0, now);
		const text = JSON.stringify({
			format: DOCUMENT_FORMAT,
			kind: what.kind,
			version,
			issuedAt: now,
			expiresAt: now + DOCUMENT_LIFE_MS,
			body: what.body,
		});
		await tx.insert(document).values({ kind: what.kind, version, ...key.sign(text), issuedAt: now, publishedBy: by });
		return version;
	};

	return {
		read: (kind) => read(kind),
		review,
		newest: () =>
			database
				.selectDistinctOn([document.kind], {
					kind: document.kind,
					version: document.version,
					issuedAt: document.issuedAt,
					publishedBy: document.publishedBy,
				})
				.from(document)
				.orderBy(document.kind, desc(document.version)),
		async publish(what, { by, now, keys }) {
			if (what.kind === "catalogue") {
				const { errors } = await review(what.body);
				if (errors.length > 0) throw new Refusal("CATALOGUE_INVALID", { errors });
			}
			const version = await database.transaction(async (tx) =>
				write(tx, what, { by, now }, await requirePinned(tx, keys)),
			);
			await sendHint(database, EVERY_STATION);
			return version;
		},
		async introduce(keys) {
			// Both or none: of two instances that start at the same time, only one writes its pair.
			await database.execute(sql`
				insert into signer (position, public_key)
				select * from (values (1, ${keys.current.publicKey}), (2, ${keys.next.publicKey})) as pair
				where not exists (select 1 from signer)
				on conflict do nothing`);
		},
		async rotate(keys, { by, now, save }) {
			const after: SigningKeys = { current: keys.next, next: makeSigningKey() };
			const publicKeys = [after.current.publicKey, after.next.publicKey];
			await database.transaction(async (tx) => {
				const key = await requirePinned(tx, keys);
				await write(tx, { kind: "signers", body: { keys: publicKeys } }, { by, now }, key);
				await pin(tx, after);
				// If the transaction fails after this, the saved keys still include one that stations pin.
				save(after);
			});
			await sendHint(database, EVERY_STATION);
			return after;
		},
		async replace(keys, at) {
			const versions = await database.transaction(async (tx) => {
				if (await findPinned(tx, keys)) return null;
				await pin(tx, keys);
				// The version tells a station that is enrolled again that these keys are newer than those it knew.
				const body = { keys: [keys.current.publicKey, keys.next.publicKey] };
				const signers = await write(tx, { kind: "signers", body }, at, keys.current);
				const written: { kind: DocumentKind; version: number }[] = [{ kind: "signers", version: signers }];
				for (const kind of ["catalogue", "configuration"] as const) {
					const found = await read(kind, tx);
					const content = found && documentSchema.parse(JSON.parse(found.text));
					if (content?.kind !== kind) continue;
					written.push({ kind, version: await write(tx, content, at, keys.current) });
				}
				return written;
			});
			if (versions) await sendHint(database, EVERY_STATION);
			return versions;
		},
	};
}
