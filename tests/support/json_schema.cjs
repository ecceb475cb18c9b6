// Validates JSON documents: json_schema.cjs NODE_MODULES SCHEMA FILE...
// Prints what is wrong, a line for each fault; exit code 1 when something is.
'use strict';
const fs = require('fs');
const path = require('path');

const [modules, schemaFile, ...files] = process.argv.slice(2);
const load = (name) => require(path.join(modules, name));
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
const isDraft4 = (schema.$schema || '').includes('draft-04');
const Ajv = load(isDraft4 ? 'ajv-draft-04' : 'ajv');
// A pattern of SARIF's schema is no regular expression of Unicode mode.
const ajv = new (Ajv.default || Ajv)({strict: false, allErrors: true, unicodeRegExp: false});
load('ajv-formats')(ajv);
const validate = ajv.compile(schema);

for (const file of files) {
  if (!validate(JSON.parse(fs.readFileSync(file, 'utf8')))) {
    process.exitCode = 1;
    for (const error of validate.errors) {
      console.log(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}
