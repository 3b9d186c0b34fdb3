extension BuiltInPipelines {
    /// Services of systemd.
    static let testServices = [
        "test/verify-service": #"""
        name: Check the package's services
        needs:
          packages:
            - apk-tools
            - grep
            - systemd
        inputs:
          skip-files:
            description: File names to leave out, as regular expressions, separated by spaces.
            default: ""
          man:
            description: Whether the manual pages that services name must be there; true or false.
            default: "false"
        pipeline:
          - runs: |
        \#(installedFiles)
              # Services made from a template are checked for an instance of this name, which must be a mount for some.
              printf '%s\n' '[Unit]' 'Description=Place for templates' DefaultDependencies=no Conflicts=umount.target \
                'Before=local-fs.target umount.target' '[Mount]' What=/dev/null Where=/test_instance \
                > /usr/lib/systemd/system/test_instance.mount
              set -f
              skipped=$(printf '%s|' ${{inputs.skip-files}})
              services=$(printf '%s\n' "$files" | grep -E 'usr/lib/systemd/system/.*\.(service|socket)$' |
                grep -v -E "/(${skipped%|})$" || :)
              if [ -z "$services" ]; then
                echo "test/verify-service: $package has no services or sockets" >&2
                exit 1
              fi
              while IFS= read -r service; do
                systemd-analyze verify --man="${{inputs.man}}" "/$service" < /dev/null
              done <<END_OF_LIST
              $services
              END_OF_LIST
        """#
    ]
}
