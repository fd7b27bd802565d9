// Writes a station's events as documents into a PouchDB of its own, then replicates them; prints documents a second.
import { readFileSync } from "node:fs";
import PouchDB from "pouchdb";

const [folder, address, file] = process.argv.slice(2);
const documents = JSON.parse(readFileSync(file, "utf8")).map((event) => ({ ...event, _id: event.id }));
const local = new PouchDB(`${folder}/station`);
await local.bulkDocs(documents);
const remote = new PouchDB(address);
await remote.info();
const began = performance.now();
// As large as our own batches: with PouchDB's default of 100 it is slower.
const { docs_written: written } = await local.replicate.to(remote, { batch_size: 500 });
const perSecond = (written * 1_000) / (performance.now() - began);
console.log(JSON.stringify({ written, perSecond }));
process.exit(0);
