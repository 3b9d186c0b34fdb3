extension BuiltInPipelines {
    /// The head of a step's script that moves files from `$from`, the package or the one that the input names, to `$into`.
    static let splitFolders = #"""
              from="${{targets.destdir}}"
              into="${{targets.contextdir}}"
              [ -z "${{inputs.package}}" ] || from="${{targets.outdir}}/${{inputs.package}}"
        \#(splitRefusal)
        """#

    /// What a split says when both packages are the same one.
    static let splitRefusal = #"""
              if [ "$from" = "$into" ]; then
                echo "split: $into cannot be split from itself: use this in a subpackage, or name another package" >&2
                exit 1
              fi
        """#

    /// `move PATH [PLACE]`: a shell function that moves an entry to its place in the other package, where a folder may be already.
    static let splitMove = #"""
              move() {
                [ -e "$from/$1" ] || [ -L "$from/$1" ] || return 0
                place=$into/${2:-$1}
                mkdir -p "${place%/*}"
                if [ -d "$place" ] && [ ! -L "$from/$1" ]; then
                  cp -a "$from/$1/." "$place/"
                  rm -rf "$from/$1"
                else
                  mv "$from/$1" "$place"
                fi
              }
        """#

    /// `elf_files FOLDER TYPE...`: a shell function that lists the ELF files of these types for the build's own machine below a folder.
    ///
    /// Files of other systems, such as firmware and programs of other processors, are nothing for the tools of this one
    /// (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html). Names with line breaks are left out; members of archives are
    /// listed as `archive(member)`. The package scanelf is not used, but it is among the needs of these pipelines everywhere, and
    /// configurations may count on it.
    static let elfFiles = #"""
              case "${{build.arch}}" in
                aarch64) machine=AArch64 ;;
                armv7) machine=ARM ;;
                ppc64le) machine=PowerPC64 ;;
                riscv64) machine=RISC-V ;;
                s390x) machine='IBM S/390' ;;
                x86) machine='Intel 80386' ;;
                x86_64) machine='Advanced Micro Devices X86-64' ;;
                *)
                  echo "there is no list of ELF files for architecture ${{build.arch}}" >&2
                  exit 1
                  ;;
              esac
              elf_files() {
                folder=$1
                shift
                # readelf complains of each file that is something else; the empty one makes it print names always.
                { find "$folder" -type f -size +51c ! -name '*
              *' -exec env LC_ALL=C readelf -h -W /dev/null {} + 2>/dev/null || :; } |
                  awk -v machine="$machine" -v types=" $* " '
                    /^File: / { name = substr($0, 7); interface = type = "" }
                    # Firmware names no system: 255, which readelf knows the name of for some processors only.
                    /^  OS\/ABI:/ { interface = /Standalone|<unknown: ff>/ ? "none" : "system" }
                    /^  Type:/ { type = $2 }
                    /^  Machine:/ {
                      sub(/^  Machine: */, "")
                      if ($0 == machine && interface == "system" && index(types, " " type " ")) print name
                    }'
              }
        """#
}
