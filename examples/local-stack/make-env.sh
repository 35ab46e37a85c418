#!/usr/bin/env bash
# Writes .env with new passwords, for compose.yaml and for the provider. The names are those of .env.example.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [ -e .env ]; then
  echo ".env is there already; the databases keep the passwords that they were made with" >&2
  exit 1
fi

password() {
  # Kestra wants a capital, a small letter and a digit among eight characters or more.
  printf 'Ks1%s' "$(openssl rand -hex 16)"
}

warehouse="$(password)"
umask 077
cat > .env <<ENV
KESTRA_URL=http://localhost:8080
KESTRA_USERNAME=admin@example.com
KESTRA_PASSWORD=$(password)
KESTRA_DATABASE_PASSWORD=$(password)
PGADMIN_PASSWORD=$(password)
WAREHOUSE_PASSWORD=$warehouse
SECRET_WAREHOUSE_PASSWORD=$(printf '%s' "$warehouse" | base64)
ENV
