# What the scripts of src/bench share; each sets `here` (the repository) and `work` (a folder of its own) before it reads this.
# shellcheck shell=bash

repository=${OLYMPE_BENCH_REPOSITORY:-$work/repository}
port=$((20000 + $$ % 20000))
registry=127.0.0.1:$port
registry_pid=
buildah=(buildah --root "$work/buildah" --runroot "$work/buildah-run")

log() { echo "$*" >&2; }

# Ends with the packages to install where a program is missing: need PROGRAM…
need() {
    local program
    for program in "$@"; do
        command -v "$program" > /dev/null || {
            log "$0 needs '$program'; install it (apt-get install buildah busybox-static docker-registry git jq pigz nodejs npm curl)."
            exit 1
        }
    done
}

# The plugin in a local repository, which is that of this machine with the plugin as it is now, unless OLYMPE_BENCH_REPOSITORY names one.
install_plugin() {
    version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -1)
    [ -z "${OLYMPE_BENCH_REPOSITORY:-}" ] || return 0
    log "Installing the plugin into $repository"
    [ -d "$repository" ] || cp -al "${HOME}/.m2/repository" "$repository" 2> /dev/null || mkdir -p "$repository"
    (cd "$here" && ./mvnw -B -ntp -q install -DskipTests -Dinvoker.skip=true -Dmaven.repo.local="$repository" > "$work/install.log" 2>&1) \
        || { tail -20 "$work/install.log" >&2; exit 1; }
}

start_registry() {
    cat > "$work/registry.yml" <<END
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: $registry}
log: {level: error, accesslog: {disabled: true}}
END
    docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
    registry_pid=$!
    until curl -fs "http://$registry/v2/" > /dev/null; do sleep 0.1; done
}

stop_registry() {
    [ -z "$registry_pid" ] || kill "$registry_pid" 2> /dev/null || :
    registry_pid=
}

# A registry that has the base images and nothing else.
reset_registry() {
    stop_registry
    rm -rf "$work/registry"
    cp -a "$work/registry-with-bases" "$work/registry"
    start_registry
}

# Base images for the three parts, with users and a shell: base/frontend:1, base/backend:1, base/codeasdata:1.
make_bases() {
    local applet kind
    log "Making base images"
    rm -rf "$work/registry" "$work/base" "$work/buildah" "$work/buildah-run"
    start_registry
    mkdir -p "$work"/base/rootfs/{bin,etc,home/node,root/patches,usr/share/nginx/html}
    cp "$(command -v busybox)" "$work/base/rootfs/bin/busybox"
    for applet in sh chmod chown; do ln -s busybox "$work/base/rootfs/bin/$applet"; done
    printf 'root:x:0:0:root:/root:/bin/sh\nnginx:x:101:101::/:/bin/sh\n' > "$work/base/rootfs/etc/passwd"
    printf 'root:x:0:\nnginx:x:101:\n' > "$work/base/rootfs/etc/group"
    printf 'FROM scratch\nCOPY rootfs/ /\n' > "$work/base/Dockerfile"
    "${buildah[@]}" bud --isolation chroot -q -t base "$work/base" > /dev/null
    for kind in frontend backend codeasdata; do
        "${buildah[@]}" push -q --tls-verify=false base "docker://$registry/base/$kind:1"
    done
    stop_registry
    rm -rf "$work/registry-with-bases"
    mv "$work/registry" "$work/registry-with-bases"
}

forget_buildah() { "${buildah[@]}" rmi -a -f > /dev/null 2>&1 || :; }

# Runs a command, and prints how many milliseconds it took: milliseconds COMMAND…
milliseconds() {
    local start=$EPOCHREALTIME status=0
    # Not in a condition, where bash would go on after a command that failed.
    set +e
    (
        set -e
        "$@"
    ) > "$work/command.log" 2>&1
    status=$?
    set -e
    local end=$EPOCHREALTIME
    [ "$status" = 0 ] || { log "FAILED: $*"; tail -30 "$work/command.log" >&2; exit 1; }
    echo $(((${end/./} - ${start/./}) / 1000))
}

# The median of a column of the numbers in standard input: median [COLUMN]
median() { sort -n -k "${1:-1},${1:-1}" | awk -v column="${1:-1}" '{ all[NR] = $column } END { print all[int((NR + 1) / 2)] }'; }

shown() { awk -v ms="$1" 'BEGIN { printf "%.2f", ms / 1000 }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
