/** Ids of a catalogue: readable, and each for one entity of the file. */
export interface Slugs {
	/** The id of an entity, by its own id in the file; the same each time. */
	of(id: string, name: string): string;
}

export function openSlugs(): Slugs {
	const byId = new Map<string, string>();
	const taken = new Set<string>();
	return {
		of(id, name) {
			const known = byId.get(id);
			if (known !== undefined) return known;
			const wanted = slugOf(name) || slugOf(id) || "entry";
			let slug = wanted;
			for (let number = 2; taken.has(slug); number += 1) slug = `${wanted}-${number}`;
			taken.add(slug);
			byId.set(id, slug);
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
