/** Ids of a catalogue: readable, and each for one entity of the file. */
export interface Slugs {
	/** Keeps an id that an entity brings along from being given to another. */
	reserve(slug: string): void;
	/** The id of an entity, by its kind and its own id in the file; the same each time. */
	of(kind: string, id: string, name: string): string;
}

export function openSlugs(): Slugs {
	const byId = new Map<string, string>();
	const taken = new Set<string>();
	return {
		reserve: (slug) => void taken.add(slug),
		of(kind, id, name) {
			const key = `${kind} ${id}`;
			const known = byId.get(key);
			if (known !== undefined) return known;
			const wanted = slugOf(name) || slugOf(id) || "entry";
			let slug = wanted;
			for (let number = 2; taken.has(slug); number += 1) slug = `${wanted}-${number}`;
			taken.add(slug);
			byId.set(key, slug);
			return slug;
		},
	};
}

function slugOf(name: string): string {
	return name
		.normalize("NFKD")
		.toLowerCase()
		.replaceAll(/\p{Mark}/gu, "")
		.replaceAll(/[^a-z0-9]+/g, "-")
		.replaceAll(/^-+|-+$/g, "")
		.slice(0, 56)
		.replaceAll(/-+$/g, "");
}
