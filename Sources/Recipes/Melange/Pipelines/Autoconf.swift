extension BuiltInPipelines {
    /// Sources with a configure script and a Makefile.
    static let autoconf = [
        "autoconf/configure": #"""
        name: Configure for the standard folders
        needs:
          packages:
            - autoconf
            - automake
            - libtool
        inputs:
          dir:
            description: Where the configure script lies.
            default: .
          host:
            description: GNU triplet of the system that runs what is built.
            default: ${{host.triplet.gnu}}
          build:
            description: GNU triplet of the system that builds.
            default: ${{host.triplet.gnu}}
          opts:
            description: Further arguments; they win over the standard ones.
            default: ""
        pipeline:
          - runs: |
              cd ${{inputs.dir}}
              # Sources straight from a repository have only what the script is made of.
              [ -f configure ] || [ ! -f configure.ac ] || autoreconf --force --install --verbose
              ./configure --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
                --libdir=/usr/lib --mandir=/usr/share/man --infodir=/usr/share/info \
                --build=${{inputs.build}} --host=${{inputs.host}} \
                ${{inputs.opts}}
        """#,
        "autoconf/make": #"""
        name: Build with make
        needs:
          packages:
            - make
        inputs:
          dir:
            description: Where the Makefile lies.
            default: .
          opts:
            description: Options and variables for make.
            default: ""
          targets:
            description: What to make, separated by spaces; nothing means the first target of the Makefile.
            default: ""
        pipeline:
          - runs: |
              # One list each, because a value may end with a newline.
              set -- ${{inputs.opts}}
              set -- "$@" ${{inputs.targets}}
              make -C "${{inputs.dir}}" -j"$(nproc)" V=1 "$@"
        """#,
        "autoconf/make-install": #"""
        name: Install with make
        needs:
          packages:
            - make
        inputs:
          dir:
            description: Where the Makefile lies.
            default: .
          opts:
            description: Options and variables for make.
            default: ""
          targets:
            description: The targets that install, separated by spaces.
            default: install
        pipeline:
          - runs: |
              set -- ${{inputs.targets}}
              make -C "${{inputs.dir}}" "$@" DESTDIR="${{targets.contextdir}}" V=1 ${{inputs.opts}}
          - name: Remove libtool archives
            runs: |
              # They make what is linked later depend on more libraries than it needs.
              find "${{targets.contextdir}}" ! -type d -name '*.la' -print -exec rm -f {} +
        """#,
    ]
}
