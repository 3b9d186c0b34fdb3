extension BuiltInPipelines {
    /// Gems.
    static let ruby = [
        "ruby/build": #"""
        name: Build a gem
        needs:
          packages:
            - busybox
            - ca-certificates-bundle
        inputs:
          dir:
            description: The folder of the sources.
            default: .
          gem:
            description: The name of the gem, as its specification is called.
            required: true
          output:
            description: The file to make; without it name and version of the gem.
            required: false
          opts:
            description: Further arguments of gem build.
            required: false
        pipeline:
          - runs: |
        \#(rubyCheck)
              cd ${{inputs.dir}}
              # The author's key is not here, and a package has its own signature.
              [ ! -f "${{inputs.gem}}.gemspec" ] || sed -i -e /signing_key/d "${{inputs.gem}}.gemspec"
              set --
              [ -z "${{inputs.output}}" ] || set -- --output "${{inputs.output}}"
              gem build "${{inputs.gem}}.gemspec" "$@" ${{inputs.opts}}
        """#,
        "ruby/install": #"""
        name: Install a gem
        needs:
          packages:
            - busybox
            - ca-certificates-bundle
        inputs:
          dir:
            description: The folder of the gem file.
            default: .
          gem:
            description: The name of the gem, whose file is called by its name and version.
            required: false
          gem-file:
            description: The gem file, if it is called otherwise.
            required: false
          version:
            description: The version of the gem.
            required: true
          opts:
            description: Further arguments of gem install.
            default: ""
            required: false
        pipeline:
          - runs: |
        \#(rubyCheck)
              cd ${{inputs.dir}}
              file=${{inputs.gem-file}}
              [ -z "${{inputs.gem}}" ] || file="${{inputs.gem}}-${{inputs.version}}.gem"
              if [ -z "$file" ]; then
                echo "ruby/install: name the gem in gem or its file in gem-file" >&2
                exit 1
              fi
              bin="${{targets.contextdir}}/usr/bin"
              gems="${{targets.contextdir}}$(ruby -e 'puts Gem.default_dir')/"
              mkdir -p "$bin" "$gems"
              gem install $file --local --ignore-dependencies --no-document --verbose \
                --version ${{inputs.version}} --bindir "$bin" --install-dir "$gems" \
                ${{inputs.opts}}
        """#,
        "ruby/clean": #"""
        name: Remove what only the installation of a gem needs
        needs:
          packages:
            - busybox
            - ca-certificates-bundle
        pipeline:
          - runs: |
        \#(rubyCheck)
              gems="${{targets.contextdir}}$(ruby -e 'puts Gem.default_dir')"
              [ -d "$gems" ] || exit 0
              rm -rf "$gems/build_info" "$gems/cache"
              find "$gems" '(' -name gem_make.out -o -name mkmf.log ')' -exec rm -f {} +
        """#,
        "ruby/require": #"""
        name: Load a Ruby library
        inputs:
          ruby:
            description: Which ruby loads it.
            default: ruby
          module_name:
            description: The name that programs require.
            required: true
        pipeline:
          - runs: |
              ${{inputs.ruby}} -e 'require ARGV.first' "${{inputs.module_name}}"
        """#,
        "ruby/unlock-spec": #"""
        name: Let gems take later versions of what they need
        needs:
          packages:
            - busybox
        pipeline:
          - runs: |
              find . -type f '(' -name '*.gemspec' -o -name Gemfile.lock ')' -exec sed -i -e 's/~>/>=/' {} +
        """#,
    ]

    private static let rubyCheck = #"""
              if ! command -v ruby > /dev/null; then
                echo "there is no ruby here: add one to the environment's packages" >&2
                exit 1
              fi
        """#
}
