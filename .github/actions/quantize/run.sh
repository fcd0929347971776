#!/usr/bin/env bash
# The steps of the action: look (is the program there?), build (it, from this commit), key (of the cache) and run.
set -euo pipefail

store="${RUNNER_TEMP:?}/quantize-store"
arguments="$RUNNER_TEMP/quantize-arguments"

output() { printf '%s=%s\n' "$1" "$2" >> "${GITHUB_OUTPUT:?}"; }

# The lines of an input that are not empty.
lines() { printf '%s\n' "$1" | sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//' -e '/^$/d'; }

sha256() { if command -v sha256sum > /dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# A hash of a file, or of all names and contents below a folder; NAME=DATA is DATA. What is neither is the program's to refuse.
content() {
  local path=$1
  [[ -e $path ]] || path=${path#*=}
  if [[ -d $path ]]; then
    (cd "$path" && find -L . -type f -print0 | LC_ALL=C sort -z | while IFS= read -r -d '' file; do sha256 "$file"; done)
  elif [[ -f $path ]]; then
    sha256 < "$path"
  fi
}

# Each value in quotes, since the program reads the file as it reads a command line.
write_arguments() {
  {
    printf '"%s"\n' "${INPUT_MODEL:?The input model is missing.}"
    lines "${INPUT_CALIB:-}" | sed 's/.*/--calib "&"/'
    lines "${INPUT_EVAL:-}" | sed 's/.*/--eval "&"/'
    lines "${INPUT_LABELS:-}" | sed 's/.*/--labels "&"/'
    lines "${INPUT_REPORT:-}" | sed 's/.*/--report "&"/'
    printf -- '--output "%s"\n' "${INPUT_OUTPUT:?The input output is missing.}"
    lines "${INPUT_LIMITS:-}"
    lines "${INPUT_ARGS:-}"
  } > "$arguments"
}

check_version() {
  local found
  found=$(quantize --version)
  if [[ -n ${INPUT_VERSION:-} && $found != "quantize $INPUT_VERSION" ]]; then
    echo "::error title=quantize::The version is '$found'; 'quantize $INPUT_VERSION' was asked for. Take the action at the tag of that version."
    exit 2
  fi
}

look() { if command -v quantize > /dev/null; then output found true; else output found false; fi; }

build() {
  local root
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
  dotnet publish "$root/src/Quantizer.Cli" -c Release -o "$RUNNER_TEMP/quantize-program" -p:PublishAot=false
  echo "$RUNNER_TEMP/quantize-program" >> "${GITHUB_PATH:?}"
}

key() {
  check_version
  write_arguments
  local hash
  hash=$(
    {
      quantize --version
      cat "$arguments"
      content "$INPUT_MODEL"
      content "$INPUT_MODEL.data"
      { lines "${INPUT_CALIB:-}"; lines "${INPUT_EVAL:-}"; lines "${INPUT_LABELS:-}"; } | while IFS= read -r path; do content "$path"; done
    } | sha256 | cut -d ' ' -f 1
  )
  output key "quantize-${RUNNER_OS:-any}-${RUNNER_ARCH:-any}-$hash"
}

# Files by their place in the list: their names may be any.
produced() {
  printf '%s\n' "$INPUT_OUTPUT"
  lines "${INPUT_REPORT:-}"
}

restore() {
  local i=0 path
  while IFS= read -r path; do
    mkdir -p "$(dirname "$path")"
    cp "$store/file-$i" "$path"
    i=$((i + 1))
  done < <(produced)
  if [[ -f $store/file.data ]]; then cp "$store/file.data" "$INPUT_OUTPUT.data"; fi
  cat "$store/outputs" >> "${GITHUB_OUTPUT:?}"
  cat "$store/summary" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
  echo "::notice title=quantize::Model, data and arguments are those of an earlier run, whose files are used."
}

# Only what kept its limits is stored: the step fails with the program's exit code otherwise.
run() {
  check_version
  write_arguments
  if [[ -f $store/done ]]; then
    restore
    return
  fi
  local i=0 path code=0
  rm -rf "$store"
  mkdir -p "$store"
  : > "$store/outputs"
  : > "$store/summary"
  GITHUB_OUTPUT="$store/outputs" GITHUB_STEP_SUMMARY="$store/summary" quantize "@$arguments" || code=$?
  cat "$store/outputs" >> "${GITHUB_OUTPUT:?}"
  cat "$store/summary" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
  if ((code != 0)); then
    rm -rf "$store"
    exit "$code"
  fi
  while IFS= read -r path; do
    cp "$path" "$store/file-$i"
    i=$((i + 1))
  done < <(produced)
  if [[ -f $INPUT_OUTPUT.data ]]; then cp "$INPUT_OUTPUT.data" "$store/file.data"; fi
  touch "$store/done"
}

case ${1:-} in
  look | build | key | run) "$1" ;;
  *)
    echo "usage: run.sh look|build|key|run" >&2
    exit 2
    ;;
esac
