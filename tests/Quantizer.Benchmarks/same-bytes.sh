#!/usr/bin/env bash
# Does another commit write the same INT8 models? Quantizes real models with both programs and compares the files' bytes.
#   QUANTIZER_SHARED=... tests/Quantizer.Benchmarks/same-bytes.sh COMMIT [METHOD...]
# A model that one of the two refuses is listed, not counted. Exit code 1 when a file differs.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
commit=${1:?the commit to compare with}
shift
methods=("$@")
(( ${#methods[@]} > 0 )) || methods=(minmax entropy mse percentile)
shared=${QUANTIZER_SHARED:-../shared}
work=$(mktemp -d)
trap 'git worktree remove --force "$work/other" >/dev/null 2>&1; rm -rf "$work"' EXIT

git worktree add --detach "$work/other" "$commit" >/dev/null 2>&1 || { echo "No such commit: $commit"; exit 2; }
for tree in "$work/other" .; do
  (cd "$tree" && dotnet build src/Quantizer.Cli -c Release -v q >/dev/null) || { echo "$tree does not build"; exit 2; }
done

# name, calibration data below the shared folder, flags
cases=(
  "resnet20-cifar10-bn cifar10-calib --preset imagenet"
  "resnet20-cifar10-folded cifar10-calib --preset imagenet"
  "resnet56-cifar10-bn cifar10-calib --preset imagenet"
  "mobilenetv2-cifar10-bn cifar10-calib --preset cifar10"
  "mobilenetv2-cifar10-folded cifar10-calib --preset cifar10"
  "resnet8-mlperf cifar10-calib --preset raw"
  "vww-mlperf pictures --preset zero-one"
  "ultraface-rfb-320 faces --preset raw-centered"
  "fastestdet objects --preset zero-one --channels bgr"
  "kws-mlperf kws-features.npz"
  "mnist-8 digits --preset raw"
  "mobilenetv3-cifar10 cifar10-calib --preset imagenet"
  "repvgg-cifar10 cifar10-calib --preset imagenet"
  "bit-cifar10 cifar10-calib --preset imagenet"
  "vit-cifar10 cifar10-calib --preset imagenet"
  "yolo-composed composed-calib --preset zero-one"
  "unet-shapes shapes-calib --preset imagenet --size 96x96"
  "efficientnet-lite0 imagenet-calib --preset raw --mean 127,127,127 --std 128,128,128 --resize crop"
  "ppocr-cls lines-turned-calib --preset minus-one-one --channels bgr --size 192x48"
  "ppocrv5-cls lines-turned-calib --preset imagenet --channels bgr --size 160x80"
  "ppocrv4-rec ocr/lines-calib --preset minus-one-one --channels bgr --size 320x48"
  "oww-embedding audio/embedding-calib.npz"
  "oww-melspectrogram audio/mel-calib.npz"
  "all-minilm-l6-v2 text/calib.npz"
  "llama-bytes bytes/calib.npz"
)

same=0 different=0 refused=0
for entry in "${cases[@]}"; do
  read -r model data flags <<< "$entry"
  for method in "${methods[@]}"; do
    # shellcheck disable=SC2086
    for side in other here; do
      tree=.; [ $side = other ] && tree=$work/other
      dotnet "$tree/.artifacts/bin/Quantizer.Cli/release/quantize.dll" "$shared/models/$model.onnx" --calib "$shared/data/$data" $flags \
        --method "$method" --samples 24 --quiet -o "$work/$side.onnx" > "$work/$side.txt" 2>&1 || rm -f "$work/$side.onnx"
    done
    if [ ! -f "$work/other.onnx" ] || [ ! -f "$work/here.onnx" ]; then
      refused=$((refused + 1))
      echo "refused    $model $method: $(tail -n 1 "$([ -f "$work/here.onnx" ] && echo "$work/other.txt" || echo "$work/here.txt")" | cut -c1-160)"
    elif cmp -s "$work/other.onnx" "$work/here.onnx"; then
      same=$((same + 1))
    else
      different=$((different + 1))
      echo "different  $model $method"
    fi
    rm -f "$work"/*.onnx
  done
done
echo "$same the same, $different different, $refused refused by one of the two"
(( different == 0 ))
