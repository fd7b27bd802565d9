// PouchDB's server, in a folder of its own; its port goes to standard output.
import express from "express";
import expressPouchDb from "express-pouchdb";
import PouchDB from "pouchdb";

const [folder] = process.argv.slice(2);
const Kept = PouchDB.defaults({ prefix: `${folder}/` });
const app = express();
app.use("/", expressPouchDb(Kept, { inMemoryConfig: true, logPath: `${folder}/log.txt` }));
const server = app.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
