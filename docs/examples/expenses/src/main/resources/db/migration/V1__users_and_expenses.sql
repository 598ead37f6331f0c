CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  token_hash bytea UNIQUE
);

CREATE TABLE expenses (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users,
  day date NOT NULL,
  merchant text NOT NULL,
  category text NOT NULL,
  amount numeric(9, 2) NOT NULL CHECK (amount > 0),
  receipt bytea,
  receipt_type text
);

CREATE INDEX expenses_by_day ON expenses (day DESC, id DESC);
