extension BuiltInPipelines {
    /// What kind of package an installed one is, by apk's own record of it.
    static let testPackages = [
        "test/emptypackage": #"""
        name: Check that the package is empty
        pipeline:
          - runs: |
        \#(installedFiles)
              # The list of what it is made of is in each package.
              if [ "$(printf '%s\n' "$files" | wc -l)" -ne 1 ] || [ "${files%.spdx.json}" = "$files" ]; then
                printf 'test/emptypackage: %s is not empty:\n%s\n' "$package" "$files" >&2
                exit 1
              fi
        """#,
        "test/metapackage": #"""
        name: Check that the package only stands for others
        pipeline:
          - uses: test/emptypackage
          - name: Check its description
            runs: |
              package="${{context.name}}"
              description=$(apk info --installed --description "$package" | tail -n +2)
              if ! printf '%s\n' "$description" | grep -F -i meta > /dev/null; then
                echo "test/metapackage: the description of $package lacks the word meta: $description" >&2
                exit 1
              fi
          - name: Check what it depends on
            runs: |
              package="${{context.name}}"
              depends=$(apk info --installed --depends "$package" | tail -n +2 | grep . || :)
              if [ -z "$depends" ]; then
                echo "test/metapackage: $package depends on nothing" >&2
                exit 1
              fi
        """#,
        "test/virtualpackage": #"""
        name: Check that others are installed for the package's name
        inputs:
          virtual-pkg-name:
            description: The name that several packages provide.
            required: true
          real-pkg-name:
            description: A package that must be installed for it and provide it.
            required: false
            default: ""
        pipeline:
          - runs: |
              virtual="${{inputs.virtual-pkg-name}}"
              real="${{inputs.real-pkg-name}}"
              fail() {
                echo "test/virtualpackage: $1" >&2
                exit 1
              }
              installed() { apk list --installed "$1" 2>/dev/null | awk '{ print $1 }'; }

              [ "$(installed "$virtual")" != "$virtual-${{package.full-version}}" ] || fail "$virtual itself is installed"
              [ -n "$real" ] || exit 0
              [ -n "$(installed "$real")" ] || fail "$real is not installed"
              apk info --installed --provides --quiet "$real" |
                awk -F = -v name="$virtual" '$1 == name { found = 1 } END { exit !found }' || fail "$real does not provide $virtual"
        """#,
    ]

    /// `$package`, and `$files`: what apk installed for it, a path without the leading slash a line.
    static let installedFiles = #"""
              package="${{context.name}}"
              files=$(apk info -q -L "$package" | grep . || :)
        """#
}
