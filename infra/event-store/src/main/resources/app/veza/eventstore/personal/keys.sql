-- Keys of data subjects, wrapped by a master key; and who was erased. Beside the log, the only thing that cannot be rebuilt.
CREATE SCHEMA IF NOT EXISTS personal;

CREATE TABLE IF NOT EXISTS personal.subject_key (
    subject       text        NOT NULL,
    version       integer     NOT NULL CHECK (version > 0),
    wrapped_key   bytea       NOT NULL,
    master_key_id text        NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subject, version)
);

-- What is still to be wrapped again after a change of the master key
CREATE INDEX IF NOT EXISTS subject_key_by_master_key ON personal.subject_key (master_key_id, subject, version);

CREATE TABLE IF NOT EXISTS personal.erased (
    subject   text        NOT NULL PRIMARY KEY,
    position  bigint,
    erased_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE personal.subject_key IS 'Data keys (AES-256) by subject and version; the newest version encrypts, all decrypt.';
COMMENT ON COLUMN personal.subject_key.wrapped_key IS 'Nonce, ciphertext and tag of AES-256-GCM under the master key, bound to subject and version.';
COMMENT ON TABLE personal.erased IS 'Tombstones, for ever: a subject who stands here has no key and gets none.';
COMMENT ON COLUMN personal.erased.position IS 'Log position of the erasure; null when it came from the register of erasures.';
