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
	DOCUMENT_LIFE,
	type DocumentKind,
	documentSchema,
	type SignedDocument,
} from "../../protocol/documents/signed-document.ts";
import { EVERY_STATION, sendHint } from "../notify/hint-channel.ts";
import { SyncRefusal } from "../refusal.ts";
import { versionAfter } from "./next-version.ts";
import { makeSigningKey, type SigningKey, type SigningKeys } from "./signing-keys.ts";

export type Publishable =
	| { kind: "catalogue"; body: CatalogueBody }
	| { kind: "configuration"; body: ConfigurationBody }
	| { kind: "signers"; body: { keys: string[] } };

export interface Reviewed {
	/** Entries that no station would take; with any of them nothing is published. */
	errors: RejectedEntry[];
	/** Against what is published now. */
	difference: CatalogueDifference;
}

export interface Documents {
	/** The newest version of each kind. */
	newest(): Promise<{ kind: DocumentKind; version: number; issuedAt: number; publishedBy: string }[]>;
	/** The newest document of a kind. */
	read(kind: DocumentKind): Promise<SignedDocument | undefined>;
	/** Checks a catalogue as stations do, and tells what it would change. */
	review(body: CatalogueBody): Promise<Reviewed>;
	/**
	 * Signs and publishes; every station is told. Throws SyncRefusal SIGNER_MISSING where the keys are not those that
	 * stations pin, CATALOGUE_FAULTY.
	 */
	publish(what: Publishable, at: { by: string; now: number; keys: SigningKeys | undefined }): Promise<number>;
	/** Makes these the keys that stations pin, where there are none yet. */
	introduce(keys: SigningKeys): Promise<void>;
	/**
	 * The key that followed signs from now on, and a new one follows: stations learn it by a document. `keep` is given
	 * the keys to keep before anything is published: where it throws, nothing is changed.
	 */
	rotate(keys: SigningKeys, at: { by: string; now: number; keep: (after: SigningKeys) => void }): Promise<SigningKeys>;
	/**
	 * Where the keys that stations pin are lost: these are pinned from now on by whoever is enrolled, and what is in force
	 * is signed by them anew. Null, and nothing is changed, where one of them is pinned: nothing is lost then.
	 */
	replace(
		keys: SigningKeys,
		at: { by: string; now: number },
	): Promise<{ kind: DocumentKind; version: number }[] | null>;
}

/** What the server publishes for all its stations. Nothing is kept in memory: any instance may publish. */
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
	const catalogueNow = async (): Promise<CatalogueBody> => {
		const found = await read("catalogue");
		const content = found && documentSchema.parse(JSON.parse(found.text));
		return content?.kind === "catalogue" ? content.body : {};
	};
	const review = async (body: CatalogueBody): Promise<Reviewed> => {
		const { rejected, services, locations } = checkCatalogue(fileReader(body));
		const empty = services.length === 0 || locations.length === 0;
		const nothing = { file: "services.json", entry: "the whole file", reason: "no topic or no site is left" };
		return {
			errors: empty ? [...rejected, nothing] : rejected,
			difference: compareCatalogues(await catalogueNow(), body),
		};
	};

	/**
	 * The one of a machine's keys that stations pin. The keys' rows are held until the transaction ends: of two that publish
	 * at once the second sees the first one's version, and takes a higher one.
	 */
	const pinnedOf = async (tx: Transaction, keys: SigningKeys): Promise<SigningKey | undefined> => {
		const pinned = await tx.select().from(signer).orderBy(asc(signer.position)).for("update");
		return [keys.current, keys.next].find((key) => pinned.some((one) => one.publicKey === key.publicKey));
	};
	/** The same. Throws SyncRefusal SIGNER_MISSING. */
	const requirePinned = async (tx: Transaction, keys: SigningKeys | undefined): Promise<SigningKey> => {
		const own = keys && (await pinnedOf(tx, keys));
		if (!own) throw new SyncRefusal("SIGNER_MISSING");
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
			expiresAt: now + DOCUMENT_LIFE,
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
				if (errors.length > 0) throw new SyncRefusal("CATALOGUE_INVALID", { errors });
			}
			const version = await database.transaction(async (tx) =>
				write(tx, what, { by, now }, await requirePinned(tx, keys)),
			);
			await sendHint(database, EVERY_STATION);
			return version;
		},
		async introduce(keys) {
			// Both or none: of two instances that start at once, one's pair stands.
			await database.execute(sql`
				insert into signer (position, public_key)
				select * from (values (1, ${keys.current.publicKey}), (2, ${keys.next.publicKey})) as made
				where not exists (select 1 from signer)
				on conflict do nothing`);
		},
		async rotate(keys, { by, now, keep }) {
			const after: SigningKeys = { current: keys.next, next: makeSigningKey() };
			const publics = [after.current.publicKey, after.next.publicKey];
			await database.transaction(async (tx) => {
				const key = await requirePinned(tx, keys);
				await write(tx, { kind: "signers", body: { keys: publics } }, { by, now }, key);
				await pin(tx, after);
				// Kept and then not published, the key that signs is still among them: it was the next one.
				keep(after);
			});
			await sendHint(database, EVERY_STATION);
			return after;
		},
		async replace(keys, at) {
			const signedAgain = await database.transaction(async (tx) => {
				if (await pinnedOf(tx, keys)) return null;
				await pin(tx, keys);
				// A station that was told of later keys, and is enrolled again, knows by its version that these came after them.
				const body = { keys: [keys.current.publicKey, keys.next.publicKey] };
				const signers = await write(tx, { kind: "signers", body }, at, keys.current);
				const versions: { kind: DocumentKind; version: number }[] = [{ kind: "signers", version: signers }];
				for (const kind of ["catalogue", "configuration"] as const) {
					const found = await read(kind, tx);
					const content = found && documentSchema.parse(JSON.parse(found.text));
					if (content?.kind !== kind) continue;
					versions.push({ kind, version: await write(tx, content, at, keys.current) });
				}
				return versions;
			});
			if (signedAgain) await sendHint(database, EVERY_STATION);
			return signedAgain;
		},
	};
}
